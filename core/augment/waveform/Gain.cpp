// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Gain.h"

#include "augment/waveform/WaveformKernels.h"
#include "augment/waveform/WaveformLevels.h"

namespace melscope {

AugmentationInfo Gain::info()
{
    return {.name = "gain", .stage = AugmentationStage::Waveform, .title = "Gain",
            .help = "Makes the clip louder or softer. How far away or how loud a sound was recorded rarely tells what it is.",
            .schema = ParameterSchema({
                {.key = "min_gain", .label = "Lowest gain", .unit = "dB", .defaultValue = -6.0, .minimum = -60.0, .maximum = 60.0,
                 .help = "The gain is drawn evenly between the two; -6 dB halves the amplitude."},
                {.key = "max_gain", .label = "Highest gain", .unit = "dB", .defaultValue = 6.0, .minimum = -60.0, .maximum = 60.0,
                 .help = "6 dB doubles the amplitude. Nothing is clipped, samples may pass full scale."},
            }),
            .make = makeAugmentation<Gain>};
}

Gain::Gain(const Json& values) : m_gain(ParameterRange::of("gain", values)) {}

void Gain::apply(std::vector<float>& samples, const Context&, RandomStream& random) const
{
    kernels::scale(samples, static_cast<float>(amplitudeOf(m_gain.draw(random))));
}

} // namespace melscope
