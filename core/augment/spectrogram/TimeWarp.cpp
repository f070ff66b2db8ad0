// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/TimeWarp.h"

#include "augment/spectrogram/Interpolation.h"

#include <algorithm>

namespace melscope {
namespace {

/// For every frame the (fractional) frame that moves there when `from` moves to `to`.
std::vector<double> sourceFrames(FrameIndex frames, double from, double to)
{
    const auto last = static_cast<double>(frames - 1);
    std::vector<double> sources(static_cast<size_t>(frames));
    for (size_t i = 0; i < sources.size(); ++i) {
        const auto x = static_cast<double>(i);
        const double t = x < to ? x / to : (last - x) / (last - to);
        sources[i] = x + (from - to) * (t + t * t - t * t * t);
    }
    return sources;
}

} // namespace

AugmentationInfo TimeWarp::info()
{
    return {.name = "time_warp", .stage = AugmentationStage::Spectrogram, .title = "Time warp",
            .help = "Stretches one part of the clip and squeezes the other, smoothly, without changing pitch. Sounds of one kind "
                    "rarely keep the same rhythm.",
            .schema = ParameterSchema({
                {.key = "max_share", .label = "Largest displacement", .defaultValue = 0.1, .minimum = 0.0, .maximum = 0.25,
                 .help = "How far a moment moves at most, as a share of the clip. Beginning and end stay; the speed stays between 0.5 and 2.4 "
                         "times what it was."},
            }),
            .make = makeAugmentation<TimeWarp>};
}

TimeWarp::TimeWarp(const Json& values) : m_maxShare(values.at("max_share")) {}

void TimeWarp::apply(SpectrogramGrid& grid, const FrontEnd&, RandomStream& random) const
{
    const auto last = static_cast<double>(grid.frames - 1);
    const double reach = m_maxShare * last;
    if (grid.frames < 2 || reach == 0.0)
        return;
    const double from = random.uniform(2.0 * reach, last - 2.0 * reach);
    const double to = from + random.uniform(-reach, reach);
    const std::vector<Between> sources = between(sourceFrames(grid.frames, from, to), grid.frames);
    std::vector<float> before(static_cast<size_t>(grid.frames));
    for (int mel = 0; mel < grid.mels; ++mel) {
        std::ranges::copy(grid.row(mel), before.begin());
        interpolate(before, sources, grid.row(mel));
    }
}

} // namespace melscope
