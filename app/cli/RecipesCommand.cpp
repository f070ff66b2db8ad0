// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "training/Method.h"
#include "training/Recipe.h"

namespace melscope::cli {
namespace {

int runRecipes(const Arguments&, Output& output)
{
    for (const Recipe& recipe : shippedRecipes()) {
        output.json({{"name", recipe.name}, {"method", recipe.method}, {"title", recipe.title}, {"summary", recipe.summary}});
        output.text(recipe.name + "\n    " + recipe.summary);
    }
    std::string missing;
    for (const Method& method : methods())
        if (!method.available)
            missing += (missing.empty() ? "" : ", ") + method.id;
    if (!missing.empty())
        output.message("Methods that this version cannot run yet: " + missing + ".");
    return Done;
}

} // namespace

Command recipesCommand()
{
    return {.name = "recipes", .summary = "list the recipes there are",
            .details = "A recipe is everything that decides what a training computes, but for dataset, folds and seed.",
            .examples = {"melscope recipes --json"}, .run = runRecipes};
}

} // namespace melscope::cli
