// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/TimeMask.h"

#include "augment/waveform/WaveformLevels.h"

#include <algorithm>

namespace melscope {

AugmentationInfo TimeMask::info()
{
    return {.name = "time_mask", .stage = AugmentationStage::Waveform, .title = "Silenced stretches",
            .help = "Silences stretches of the clip, so that the network cannot rely on one moment alone.",
            .schema = ParameterSchema({
                {.key = "masks", .label = "Stretches", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 0, .maximum = 16,
                 .help = "Number of silenced stretches; they may overlap."},
                {.key = "min_share", .label = "Shortest stretch", .defaultValue = 0.02, .minimum = 0.0, .maximum = 1.0,
                 .help = "Its share of the clip is drawn evenly between the two."},
                {.key = "max_share", .label = "Longest stretch", .defaultValue = 0.15, .minimum = 0.0, .maximum = 1.0,
                 .help = "Longest stretch as a share of the clip; 0.15 of 5 s is 0.75 s."},
                {.key = "fade", .label = "Fade", .unit = "ms", .defaultValue = 5.0, .minimum = 0.0, .maximum = 200.0,
                 .help = "How long the sound takes to fade at either end of a stretch, inside it; without, each end clicks.", .advanced = true},
            }),
            .make = makeAugmentation<TimeMask>};
}

TimeMask::TimeMask(const Json& values)
    : m_masks(values.at("masks")), m_share(ParameterRange::of("share", values)), m_fade(values.at("fade").get<double>() / 1000.0)
{
}

void TimeMask::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const auto length = static_cast<int64_t>(samples.size());
    for (int i = 0; i < m_masks; ++i) {
        const int64_t count = std::llround(m_share.draw(random) * static_cast<double>(length));
        const auto first = static_cast<size_t>(random.below(length - count + 1));
        const std::span<float> stretch = std::span(samples).subspan(first, static_cast<size_t>(count));
        const size_t fade = std::min(stretch.size() / 2, static_cast<size_t>(m_fade * context.sampleRate));
        fadeOut(stretch.first(fade));
        std::ranges::fill(stretch.subspan(fade, stretch.size() - 2 * fade), 0.0f);
        fadeIn(stretch.last(fade));
    }
}

} // namespace melscope
