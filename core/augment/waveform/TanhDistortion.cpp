// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/TanhDistortion.h"

#include "augment/waveform/WaveformKernels.h"
#include "augment/waveform/WaveformLevels.h"

namespace melscope {

AugmentationInfo TanhDistortion::info()
{
    return {.name = "tanh", .stage = AugmentationStage::Waveform, .title = "Soft distortion",
            .help = "Bends loud moments as an overdriven amplifier does (tanh): warm harmonics, quieter peaks, the same level over all.",
            .schema = ParameterSchema({
                {.key = "min_drive", .label = "Least drive", .unit = "dB", .defaultValue = 0.0, .minimum = -20.0, .maximum = 60.0,
                 .help = "Drawn evenly between the two. At 0 dB the clip's peak is bent by a quarter, at -20 dB next to nothing changes."},
                {.key = "max_drive", .label = "Greatest drive", .unit = "dB", .defaultValue = 18.0, .minimum = -20.0, .maximum = 60.0,
                 .help = "At 18 dB all but soft moments are squashed to one level."},
            }),
            .make = makeAugmentation<TanhDistortion>};
}

TanhDistortion::TanhDistortion(const Json& values) : m_drive(ParameterRange::of("drive", values)) {}

void TanhDistortion::apply(std::vector<float>& samples, const Context&, RandomStream& random) const
{
    const double drive = amplitudeOf(m_drive.draw(random));
    const auto peak = static_cast<double>(kernels::peak(samples));
    if (peak <= silentAmplitude)
        return;
    const double before = rootMeanSquare(samples);
    kernels::tanh(samples, static_cast<float>(drive / peak));
    kernels::scale(samples, static_cast<float>(before / rootMeanSquare(samples)));
}

} // namespace melscope
