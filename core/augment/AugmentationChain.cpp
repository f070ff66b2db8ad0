// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationChain.h"

#include "augment/SpecAugment.h"
#include "augment/TimeRoll.h"
#include "base/Error.h"

namespace melscope {
namespace {

std::shared_ptr<const SpectrogramAugmentation> make(const std::string& name, const Json& parameters)
{
    if (name == "time_roll")
        return std::make_shared<TimeRoll>(TimeRoll::configFrom(parameters));
    if (name == "spec_augment")
        return std::make_shared<SpecAugment>(SpecAugment::configFrom(parameters));
    throw Error(ErrorKind::InvalidValue, "There is no augmentation \"" + name + "\"; known are time_roll and spec_augment.");
}

} // namespace

AugmentationChain AugmentationChain::fromJson(const Json& json)
{
    AugmentationChain chain;
    if (!json.is_object())
        throw Error(ErrorKind::InvalidValue, "An augmentation chain must be an object with a list \"spectrogram\".");
    for (const auto& [stage, list] : json.items()) {
        if (stage != "spectrogram" || !list.is_array())
            throw Error(ErrorKind::InvalidValue, "An augmentation chain has no stage \"" + stage + "\"; the stage is a list \"spectrogram\".");
        for (Json entry : list) {
            if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string())
                throw Error(ErrorKind::InvalidValue, "Every augmentation needs a \"name\": " + entry.dump() + ".");
            const std::string name = entry["name"];
            entry.erase("name");
            chain.m_spectrogram.push_back(make(name, entry));
        }
    }
    return chain;
}

Json AugmentationChain::toJson() const
{
    Json list = Json::array();
    for (const auto& augmentation : m_spectrogram) {
        Json entry = {{"name", augmentation->name()}};
        entry.update(augmentation->toJson());
        list.push_back(entry);
    }
    return {{"spectrogram", list}};
}

void AugmentationChain::apply(SpectrogramGrid& grid, uint64_t seed, uint64_t epoch, uint64_t clip) const
{
    for (size_t i = 0; i < m_spectrogram.size(); ++i) {
        RandomStream random({.seed = seed, .epoch = epoch, .clip = clip, .index = i + 1});
        m_spectrogram[i]->apply(grid, random);
    }
}

} // namespace melscope
