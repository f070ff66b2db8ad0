// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Parameter.h"

#include "base/Error.h"
#include "base/NearestWord.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace melscope {
namespace {

std::string numberText(double value)
{
    return Json(value == std::floor(value) && std::abs(value) < 1e15 ? Json(static_cast<int64_t>(value)) : Json(value)).dump();
}

[[noreturn]] void refuse(const Parameter& parameter, const Json& value, const std::string& expected)
{
    throw Error(ErrorKind::InvalidValue, parameter.key + " is " + value.dump() + " but must be " + expected + ".");
}

std::string rangeText(const Parameter& parameter)
{
    std::string text = numberText(parameter.minimum) + " to " + numberText(parameter.maximum);
    if (!parameter.unit.empty())
        text += " " + parameter.unit;
    return text;
}

std::string choicesText(const Parameter& parameter)
{
    std::string text = "one of";
    for (const std::string& choice : parameter.choices)
        text += (choice == parameter.choices.front() ? " " : ", ") + choice;
    return text;
}

} // namespace

const Parameter* ParameterSchema::find(std::string_view key) const
{
    const auto found = std::find_if(m_parameters.begin(), m_parameters.end(), [&](const Parameter& p) { return p.key == key; });
    return found == m_parameters.end() ? nullptr : &*found;
}

Json ParameterSchema::defaults() const
{
    Json values = Json::object();
    for (const Parameter& parameter : m_parameters)
        values[parameter.key] = parameter.defaultValue;
    return values;
}

Json ParameterSchema::checked(std::string_view key, const Json& value) const
{
    const Parameter* parameter = find(key);
    if (!parameter) {
        std::string sentence = "There is no parameter \"" + std::string(key) + "\"";
        std::vector<std::string> keys;
        for (const Parameter& known : m_parameters)
            keys.push_back(known.key);
        if (const std::string nearest = nearestWord(key, keys); !nearest.empty())
            sentence += "; did you mean \"" + nearest + "\"?";
        else
            sentence += ".";
        throw Error(ErrorKind::InvalidValue, sentence);
    }
    switch (parameter->type) {
    case Parameter::Type::Integer: {
        const std::string expected = "a whole number from " + rangeText(*parameter);
        if (!value.is_number())
            refuse(*parameter, value, expected);
        const double number = value.get<double>();
        if (number != std::floor(number) || number < parameter->minimum || number > parameter->maximum)
            refuse(*parameter, value, expected);
        return static_cast<int64_t>(number);
    }
    case Parameter::Type::Real: {
        if (!value.is_number() || !std::isfinite(value.get<double>()) || value.get<double>() < parameter->minimum
            || value.get<double>() > parameter->maximum)
            refuse(*parameter, value, "a number from " + rangeText(*parameter));
        return value.get<double>();
    }
    case Parameter::Type::Boolean:
        if (!value.is_boolean())
            refuse(*parameter, value, "true or false");
        return value;
    case Parameter::Type::Choice:
        if (!value.is_string()
            || std::find(parameter->choices.begin(), parameter->choices.end(), value.get<std::string>()) == parameter->choices.end())
            refuse(*parameter, value, choicesText(*parameter));
        return value;
    }
    return value;
}

Json ParameterSchema::parsed(std::string_view key, std::string_view text) const
{
    const Parameter* parameter = find(key);
    if (parameter && parameter->type == Parameter::Type::Boolean) {
        for (const std::string_view yes : {"true", "yes", "on", "1"})
            if (text == yes)
                return true;
        for (const std::string_view no : {"false", "no", "off", "0"})
            if (text == no)
                return false;
    }
    if (parameter && (parameter->type == Parameter::Type::Integer || parameter->type == Parameter::Type::Real)) {
        double number = 0.0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failure == std::errc() && end == text.data() + text.size())
            return checked(key, number);
    }
    return checked(key, std::string(text));
}

ParameterSchema ParameterSchema::prefixed(std::string_view prefix) const
{
    ParameterSchema result = *this;
    for (Parameter& parameter : result.m_parameters)
        parameter.key = std::string(prefix) + parameter.key;
    return result;
}

void ParameterSchema::append(const ParameterSchema& other)
{
    m_parameters.insert(m_parameters.end(), other.m_parameters.begin(), other.m_parameters.end());
}

} // namespace melscope
