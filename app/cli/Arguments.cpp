// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Arguments.h"

#include "base/Error.h"
#include "base/NearestWord.h"
#include "cli/Command.h"

#include <algorithm>
#include <charconv>

namespace melscope::cli {
namespace {

const Option& optionNamed(const Command& command, const std::string& name)
{
    const auto found = std::find_if(command.options.begin(), command.options.end(), [&](const Option& o) { return o.name == name; });
    if (found != command.options.end())
        return *found;
    std::vector<std::string> names;
    for (const Option& option : command.options)
        names.push_back(option.name);
    const std::string suggestion = nearestWord(name, names, 3);
    throw UsageError("melscope " + command.name + " has no option --" + name
                     + (suggestion.empty() ? "." : "; did you mean --" + suggestion + "?"));
}

void checkOperands(const Command& command, size_t count)
{
    const bool tooFew = count < static_cast<size_t>(command.minimumOperands);
    const bool tooMany = command.maximumOperands >= 0 && count > static_cast<size_t>(command.maximumOperands);
    if (tooFew || tooMany)
        throw UsageError("melscope " + command.name + (tooFew ? " needs " : " takes no more than ")
                         + (command.operands.empty() ? "its options" : command.operands) + ".");
}

} // namespace

Arguments Arguments::parse(const Command& command, const std::vector<std::string>& words)
{
    Arguments arguments;
    bool optionsEnded = false;
    for (size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (optionsEnded || !word.starts_with("-") || word == "-") {
            arguments.m_operands.push_back(word);
            continue;
        }
        if (word == "--") {
            optionsEnded = true;
            continue;
        }
        const size_t equals = word.find('=');
        const Option& option = optionNamed(command, word.substr(word.starts_with("--") ? 2 : 1, equals == std::string::npos
                                                                    ? std::string::npos : equals - (word.starts_with("--") ? 2 : 1)));
        if (option.value.empty() && equals != std::string::npos)
            throw UsageError("--" + option.name + " takes no value.");
        if (!option.value.empty() && equals == std::string::npos && i + 1 == words.size())
            throw UsageError("--" + option.name + " needs a value: --" + option.name + " " + option.value + ".");
        std::vector<std::string>& values = arguments.m_values[option.name];
        if (option.value.empty())
            values.emplace_back();
        else
            values.push_back(equals == std::string::npos ? words[++i] : word.substr(equals + 1));
    }
    checkOperands(command, arguments.m_operands.size());
    return arguments;
}

std::optional<std::string> Arguments::text(const std::string& option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second.back());
}

std::vector<std::string> Arguments::texts(const std::string& option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::vector<std::string>{} : found->second;
}

std::optional<int64_t> Arguments::integer(const std::string& option, int64_t minimum, int64_t maximum) const
{
    const std::optional<std::string> given = text(option);
    if (!given)
        return std::nullopt;
    int64_t number = 0;
    const auto [end, failure] = std::from_chars(given->data(), given->data() + given->size(), number);
    if (failure != std::errc() || end != given->data() + given->size() || number < minimum || number > maximum)
        throw UsageError("--" + option + " is \"" + *given + "\" but must be a whole number from " + std::to_string(minimum)
                         + " to " + std::to_string(maximum) + ".");
    return number;
}

std::vector<Setting> Arguments::settings() const
{
    std::vector<Setting> list;
    for (const std::string& given : texts("set")) {
        const size_t equals = given.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError("--set \"" + given + "\" must be written key=value.");
        list.emplace_back(given.substr(0, equals), given.substr(equals + 1));
    }
    return list;
}

Json Arguments::settings(const ParameterSchema& schema) const
{
    Json values = schema.defaults();
    try {
        for (const auto& [key, text] : settings())
            values[key] = schema.parsed(key, text);
    } catch (const Error& error) {
        throw UsageError(error.what());
    }
    return values;
}

} // namespace melscope::cli
