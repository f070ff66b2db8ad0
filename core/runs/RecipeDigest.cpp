// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RecipeDigest.h"

#include "base/Files.h"

#include <algorithm>

namespace melscope {
namespace {

bool decidesResult(const std::string& key)
{
    return key != "training.threads" && key != "training.loader_threads";
}

} // namespace

std::string recipeDigest(const Recipe& recipe)
{
    nlohmann::json values = nlohmann::json::object(); // sorted by key, unlike Json
    for (const auto& [key, value] : recipe.values.items())
        if (decidesResult(key))
            values[key] = value;
    std::string text = recipe.method + '\n' + values.dump() + '\n' + recipe.augmentation.toJson().dump() + '\n' + recipe.viewChain().toJson().dump();
    if (recipe.views)
        text += '\n' + recipe.views->toJson().dump();
    if (recipe.weights)
        text += '\n' + recipe.weights->sha256;
    return sha256(text);
}

std::string recipeChanges(const Recipe& recipe)
{
    const auto& shipped = shippedRecipes();
    const auto original = std::find_if(shipped.begin(), shipped.end(), [&](const Recipe& other) { return other.name == recipe.name; });
    if (original == shipped.end())
        return {};
    std::string changes;
    const auto add = [&](const std::string& change) { changes += (changes.empty() ? "" : ", ") + change; };
    for (const auto& [key, value] : recipe.values.items())
        if (decidesResult(key) && (!original->values.contains(key) || original->values.at(key) != value))
            add(key + '=' + (value.is_string() ? value.get<std::string>() : value.dump()));
    if (recipe.augmentation.toJson() != original->augmentation.toJson())
        add("augmentation changed");
    if (recipe.views && recipe.views != original->views)
        add("views changed");
    if (recipe.augmentation.toJson() == original->augmentation.toJson() && recipe.viewChain().toJson() != original->viewChain().toJson())
        add("test-time views changed");
    return changes;
}

} // namespace melscope
