// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RecipeDifference.h"

#include <algorithm>

namespace melscope {
namespace {

std::string valueText(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// "gain (max_gain 6, probability 0.5)"
std::string entryText(const Json& entry)
{
    if (!entry.is_object())
        return valueText(entry);
    std::string values;
    for (const auto& [key, value] : entry.items())
        if (key != "name")
            values += (values.empty() ? "" : ", ") + key + ' ' + valueText(value);
    const std::string name = entry.contains("name") ? valueText(entry.at("name")) : "entry";
    return values.empty() ? name : name + " (" + values + ")";
}

using Settings = std::vector<std::pair<std::string, std::string>>;

void addChain(Settings& settings, const std::string& key, const Json& chain)
{
    for (const auto& [stage, entries] : chain.items()) {
        if (!entries.is_array()) {
            settings.emplace_back(key + '.' + stage, entryText(entries));
            continue;
        }
        int number = 0;
        for (const Json& entry : entries)
            settings.emplace_back(key + '.' + stage + ' ' + std::to_string(++number), entryText(entry));
    }
}

Settings settingsOf(const Recipe& recipe)
{
    Settings settings{{"method", recipe.method}, {"recipe", recipe.name}};
    for (const auto& [key, value] : recipe.values.items())
        settings.emplace_back(key, valueText(value));
    addChain(settings, "augmentation", recipe.augmentation.toJson());
    addChain(settings, "test_time", recipe.viewChain().toJson());
    return settings;
}

std::string find(const Settings& settings, const std::string& key)
{
    const auto found = std::find_if(settings.begin(), settings.end(), [&](const auto& setting) { return setting.first == key; });
    return found == settings.end() ? std::string() : found->second;
}

} // namespace

std::vector<SettingDifference> recipeDifference(const Recipe& first, const Recipe& second)
{
    const Settings a = settingsOf(first), b = settingsOf(second);
    std::vector<SettingDifference> differences;
    for (const auto& [key, value] : a)
        if (const std::string other = find(b, key); other != value)
            differences.push_back({key, value, other});
    for (const auto& [key, value] : b)
        if (std::none_of(a.begin(), a.end(), [&](const auto& setting) { return setting.first == key; }))
            differences.push_back({key, {}, value});
    return differences;
}

} // namespace melscope
