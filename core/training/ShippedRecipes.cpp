// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ShippedRecipes.h"

#include "base/Error.h"
#include "training/Recipe.h"

#include <algorithm>

namespace melscope {

const std::vector<Recipe>& shippedRecipes()
{
    static const std::vector<Recipe> recipes = [] {
        std::vector<Recipe> list;
        for (const std::string_view text : shippedRecipeTexts())
            list.push_back(Recipe::fromJson(Json::parse(text)));
        return list;
    }();
    return recipes;
}

Recipe findRecipe(const std::string& nameOrFile)
{
    const auto& shipped = shippedRecipes();
    const auto found = std::find_if(shipped.begin(), shipped.end(), [&](const Recipe& recipe) { return recipe.name == nameOrFile; });
    if (found != shipped.end())
        return *found;
    std::error_code failure;
    if (std::filesystem::is_regular_file(nameOrFile, failure))
        return Recipe::fromFile(nameOrFile);
    std::string names;
    for (const Recipe& recipe : shipped)
        names += (names.empty() ? "" : ", ") + recipe.name;
    throw Error(ErrorKind::Missing, "There is no recipe and no file \"" + nameOrFile + "\"; the recipes are " + names + ".");
}

} // namespace melscope
