// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationChain.h"

#include "base/Error.h"
#include "base/NearestWord.h"

#include <algorithm>

namespace melscope {
namespace {

constexpr std::array stages{AugmentationStage::Waveform, AugmentationStage::Spectrogram, AugmentationStage::Mix};

const AugmentationInfo& infoOf(const std::string& name, AugmentationStage stage)
{
    const AugmentationInfo* const info = findAugmentation(name);
    if (!info) {
        std::vector<std::string> known;
        for (const AugmentationInfo& each : augmentationCatalogue())
            known.push_back(each.name);
        throw Error(ErrorKind::InvalidValue, "There is no augmentation \"" + name + "\"; did you mean \"" + nearestWord(name, known) + "\"?");
    }
    if (info->stage != stage)
        throw Error(ErrorKind::InvalidValue, "The augmentation \"" + name + "\" belongs in the list \"" + stageName(info->stage)
                    + "\", not in \"" + stageName(stage) + "\".");
    return *info;
}

/// Removes a member, returns its value.
Json taken(Json& json, const char* key, Json absent)
{
    if (json.contains(key))
        absent = json[key];
    json.erase(key);
    return absent;
}

ChainEntry entryFrom(const Json& json, AugmentationStage stage)
{
    if (!json.is_object() || !json.contains("name") || !json["name"].is_string())
        throw Error(ErrorKind::InvalidValue, "Every augmentation needs a \"name\": " + json.dump() + ".");
    const AugmentationInfo& info = infoOf(json["name"], stage);
    Json values = json;
    values.erase("name");
    const Json enabled = taken(values, "enabled", true);
    if (!enabled.is_boolean())
        throw Error(ErrorKind::InvalidValue, "\"enabled\" of \"" + info.name + "\" must be true or false.");
    const Json probability = taken(values, "probability", 1.0);
    ChainEntry entry = ChainEntry::make(info, values, probability);
    entry.enabled = enabled;
    return entry;
}

bool anyActs(const std::vector<ChainEntry>& entries)
{
    return std::any_of(entries.begin(), entries.end(), canAct);
}

} // namespace

ChainEntry ChainEntry::make(const AugmentationInfo& info, const Json& values, const Json& probability)
{
    ChainEntry entry{.info = &info, .values = info.schema.defaults(),
                     .probability = ParameterSchema({probabilityParameter()}).checked("probability", probability)};
    for (const auto& [key, value] : values.items())
        entry.values[key] = info.schema.checked(key, value);
    entry.augmentation = info.make(entry.values);
    return entry;
}

AugmentationChain AugmentationChain::fromJson(const Json& json)
{
    const std::string shape = "An augmentation chain is an object with the lists \"waveform\", \"spectrogram\" and \"mix\"";
    if (!json.is_object())
        throw Error(ErrorKind::InvalidValue, shape + ".");
    AugmentationChain chain;
    for (const auto& [key, list] : json.items()) {
        const auto stage = std::find_if(stages.begin(), stages.end(), [&](AugmentationStage each) { return stageName(each) == key; });
        if (stage == stages.end() || !list.is_array())
            throw Error(ErrorKind::InvalidValue, shape + "; it cannot have \"" + key + "\".");
        for (const Json& entry : list)
            chain.m_entries[static_cast<size_t>(*stage)].push_back(entryFrom(entry, *stage));
    }
    return chain;
}

Json AugmentationChain::toJson() const
{
    Json json = Json::object();
    for (const AugmentationStage stage : stages) {
        for (const ChainEntry& entry : entries(stage)) {
            Json each = {{"name", entry.info->name}, {"probability", entry.probability}};
            each.update(entry.values);
            if (!entry.enabled)
                each["enabled"] = false;
            json[stageName(stage)].push_back(each);
        }
    }
    return json;
}

bool AugmentationChain::empty() const
{
    return std::none_of(m_entries.begin(), m_entries.end(), anyActs);
}

bool AugmentationChain::needsSamples() const
{
    const auto& mix = entries(AugmentationStage::Mix);
    return anyActs(entries(AugmentationStage::Waveform)) || std::any_of(mix.begin(), mix.end(), [](const ChainEntry& entry) {
               return canAct(entry) && dynamic_cast<const WaveformMixing*>(entry.augmentation.get());
           });
}

bool AugmentationChain::mixes() const
{
    return anyActs(entries(AugmentationStage::Mix));
}

AugmentationChain AugmentationChain::withoutMixing() const
{
    AugmentationChain chain = *this;
    chain.m_entries[static_cast<size_t>(AugmentationStage::Mix)].clear();
    return chain;
}

AugmentationChain AugmentationChain::withEnabled(AugmentationStage stage, size_t index, bool enabled) const
{
    AugmentationChain chain = *this;
    chain.m_entries[static_cast<size_t>(stage)].at(index).enabled = enabled;
    return chain;
}

AugmentationChain AugmentationChain::withEntries(AugmentationStage stage, std::vector<ChainEntry> entries) const
{
    AugmentationChain chain = *this;
    chain.m_entries[static_cast<size_t>(stage)] = std::move(entries);
    return chain;
}

bool AugmentationChain::operator==(const AugmentationChain& other) const
{
    return toJson() == other.toJson();
}

const Parameter& probabilityParameter()
{
    static const Parameter parameter{.key = "probability", .label = "Probability", .defaultValue = 1.0, .minimum = 0.0, .maximum = 1.0,
                                     .help = "How often it acts on a clip."};
    return parameter;
}

bool canAct(const ChainEntry& entry)
{
    return entry.enabled && entry.probability > 0.0;
}

} // namespace melscope
