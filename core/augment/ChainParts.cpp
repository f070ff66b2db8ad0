// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainParts.h"

#include "augment/waveform/BackgroundMix.h"

#include <map>

namespace melscope {
namespace {

/// Calls add(part without its chain, stage, index) for every entry that can act.
template<typename Add>
void forEachPart(const AugmentationChain& chain, const Add& add)
{
    std::map<std::string, int> seen;
    for (const AugmentationStage stage : {AugmentationStage::Waveform, AugmentationStage::Spectrogram, AugmentationStage::Mix}) {
        const std::vector<ChainEntry>& entries = chain.entries(stage);
        for (size_t i = 0; i < entries.size(); ++i) {
            if (!canAct(entries[i]))
                continue;
            const AugmentationInfo& info = *entries[i].info;
            const int number = ++seen[info.name];
            const std::string suffix = number > 1 ? " " + std::to_string(number) : "";
            add(ChainPart{.name = info.name + suffix, .title = info.title + suffix}, stage, i);
        }
    }
}

} // namespace

std::vector<ChainPart> withoutEach(const AugmentationChain& chain)
{
    std::vector<ChainPart> parts;
    forEachPart(chain, [&](ChainPart part, AugmentationStage stage, size_t index) {
        part.chain = chain.withEnabled(stage, index, false);
        parts.push_back(std::move(part));
    });
    return parts;
}

std::vector<ChainPart> eachAlone(const AugmentationChain& chain)
{
    std::vector<ChainPart> parts;
    const Json json = chain.toJson();
    forEachPart(chain, [&](ChainPart part, AugmentationStage stage, size_t index) {
        if (stage == AugmentationStage::Mix)
            return;
        Json entry = json.at(stageName(stage)).at(index);
        entry["probability"] = 1.0;
        part.chain = AugmentationChain::fromJson({{stageName(stage), Json::array({entry})}});
        parts.push_back(std::move(part));
    });
    return parts;
}

std::vector<std::string> takingOtherClips(const AugmentationChain& chain)
{
    std::vector<std::string> titles;
    forEachPart(chain, [&](const ChainPart& part, AugmentationStage stage, size_t index) {
        if (stage == AugmentationStage::Mix || dynamic_cast<const BackgroundMix*>(chain.entries(stage)[index].augmentation.get()))
            titles.push_back(part.title);
    });
    return titles;
}

} // namespace melscope
