// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ParameterJson.h"

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

} // namespace

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

} // namespace melscope::cli
