// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/ParameterJson.h"
#include "cli/RecipeOptions.h"

namespace melscope::cli {
namespace {

void explain(const Recipe& recipe, Output& output)
{
    for (const Parameter& parameter : recipeSchema(recipe.method).parameters()) {
        const Json& value = recipe.values.at(parameter.key);
        output.json(toJson(parameter, value));
        output.text(parameter.key + " = " + value.dump() + (parameter.unit.empty() ? "" : " " + parameter.unit) + "\n    " + parameter.help);
    }
}

int runShow(const Arguments& arguments, Output& output)
{
    const Recipe recipe = recipeFrom(arguments.operands().front(), arguments.settings());
    if (arguments.has("explain")) {
        explain(recipe, output);
        return Done;
    }
    output.json(recipe.toJson());
    output.text(recipe.toJson().dump(2));
    return Done;
}

} // namespace

Command recipesShowCommand()
{
    return {.name = "recipes show", .operands = "NAME|FILE", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "print a recipe, complete, as a file that train takes",
            .details = "The JSON it prints is a recipe file: save it, change it, train with it.",
            .options = {{"explain", "", "every parameter with its value, range and meaning instead"}, settingOption},
            .examples = {"melscope recipes show resnet34-quick > mine.json", "melscope recipes show resnet34-published --explain"},
            .run = runShow};
}

} // namespace melscope::cli
