// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RecipeDigest.h"

#include "augment/AugmentationCatalogue.h"
#include "base/Files.h"
#include "training/MaskedPredictionSchema.h"
#include "training/Method.h"

#include <algorithm>

namespace melscope {
namespace {

bool decidesResult(const std::string& key)
{
    return key != "training.threads" && key != "training.loader_threads" && key != keepEveryKey;
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

const std::string& recipeVocabulary()
{
    static const std::string vocabulary = [] {
        std::string text;
        for (const Method& method : methods())
            text += recipeDigest(Recipe::fromJson({{"method", method.id}})) + '\n'; // all that a recipe is completed with
        for (const AugmentationInfo& augmentation : augmentationCatalogue())
            text += augmentation.name + augmentation.schema.defaults().dump() + '\n';
        for (const std::string& kind : FrontEnd::presetNames())
            text += FrontEnd::preset(kind).toJson().dump() + '\n';
        return sha256(text);
    }();
    return vocabulary;
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
