// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/HardClipping.h"

#include "augment/waveform/WaveformKernels.h"
#include "augment/waveform/WaveformLevels.h"

namespace melscope {

AugmentationInfo HardClipping::info()
{
    return {.name = "clip", .stage = AugmentationStage::Waveform, .title = "Clipping",
            .help = "Cuts off what is beyond a ceiling, as an overloaded recorder does: loud moments crackle and grow harmonics.",
            .schema = ParameterSchema({
                {.key = "min_depth", .label = "Least depth", .unit = "dB", .defaultValue = 2.0, .minimum = 0.0, .maximum = 60.0,
                 .help = "How far the ceiling lies below the clip's own peak; drawn evenly between the two. 0 dB cuts nothing."},
                {.key = "max_depth", .label = "Greatest depth", .unit = "dB", .defaultValue = 12.0, .minimum = 0.0, .maximum = 60.0,
                 .help = "At 12 dB a quarter of the peak is left. The clip is not made louder again."},
            }),
            .make = makeAugmentation<HardClipping>};
}

HardClipping::HardClipping(const Json& values) : m_depth(ParameterRange::of("depth", values)) {}

void HardClipping::apply(std::vector<float>& samples, const Context&, RandomStream& random) const
{
    kernels::clamp(samples, kernels::peak(samples) * static_cast<float>(amplitudeOf(-m_depth.draw(random))));
}

} // namespace melscope
