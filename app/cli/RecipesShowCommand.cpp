// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/RecipeOptions.h"

namespace melscope::cli {
namespace {

const char* typeName(Parameter::Type type)
{
    switch (type) {
    case Parameter::Type::Integer: return "integer";
    case Parameter::Type::Real: return "real";
    case Parameter::Type::Boolean: return "boolean";
    case Parameter::Type::Choice: return "choice";
    }
    return "real";
}

Json toJson(const Parameter& parameter, const Json& value)
{
    Json json = {{"key", parameter.key}, {"label", parameter.label}, {"type", typeName(parameter.type)}, {"unit", parameter.unit},
                 {"value", value}, {"default", parameter.defaultValue}};
    if (parameter.type == Parameter::Type::Integer || parameter.type == Parameter::Type::Real)
        json["range"] = {parameter.minimum, parameter.maximum};
    if (parameter.type == Parameter::Type::Choice)
        json["choices"] = parameter.choices;
    json["help"] = parameter.help;
    json["advanced"] = parameter.advanced;
    return json;
}

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
