// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"

#include <functional>

namespace melscope::test {

/// The one augmentation of `entry` ({"name": ..., values}).
template<typename Kind>
std::shared_ptr<const Kind> oneAugmentation(AugmentationStage stage, const Json& entry)
{
    const AugmentationChain chain = AugmentationChain::fromJson({{stageName(stage), Json::array({entry})}});
    return std::dynamic_pointer_cast<const Kind>(chain.entries(stage).front().augmentation);
}

/// The stream that draw number `draw` uses.
inline RandomStream streamOf(uint64_t draw)
{
    return RandomStream({.clip = draw});
}

/// `grid` after the augmentation of `entry` under one draw.
inline SpectrogramGrid augmented(const Json& entry, SpectrogramGrid grid, uint64_t draw, const FrontEnd& frontEnd = {})
{
    RandomStream random = streamOf(draw);
    oneAugmentation<SpectrogramAugmentation>(AugmentationStage::Spectrogram, entry)->apply(grid, frontEnd, random);
    return grid;
}

inline SpectrogramGrid gridOf(int mels, FrameIndex frames, const std::function<double(int mel, FrameIndex frame)>& value)
{
    SpectrogramGrid grid{.mels = mels, .frames = frames};
    for (int mel = 0; mel < mels; ++mel)
        for (FrameIndex frame = 0; frame < frames; ++frame)
            grid.values.push_back(static_cast<float>(value(mel, frame)));
    return grid;
}

inline SpectrogramGrid zeros(int mels, FrameIndex frames)
{
    return gridOf(mels, frames, [](int, FrameIndex) { return 0.0; });
}

/// Every value another: 1, 2, 3, ...
inline SpectrogramGrid ramp(int mels, FrameIndex frames)
{
    return gridOf(mels, frames, [frames](int mel, FrameIndex frame) { return 1.0 + static_cast<double>(mel * frames + frame); });
}

struct Moments
{
    double mean = 0.0;
    double variance = 0.0;
};

template<typename Values>
Moments momentsOf(const Values& values)
{
    Moments moments;
    for (const double value : values)
        moments.mean += value / static_cast<double>(values.size());
    for (const double value : values)
        moments.variance += (value - moments.mean) * (value - moments.mean) / static_cast<double>(values.size());
    return moments;
}

} // namespace melscope::test
