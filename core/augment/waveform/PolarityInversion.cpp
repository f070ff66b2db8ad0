// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/PolarityInversion.h"

#include "augment/waveform/WaveformKernels.h"

namespace melscope {

AugmentationInfo PolarityInversion::info()
{
    return {.name = "polarity", .stage = AugmentationStage::Waveform, .title = "Polarity inversion",
            .help = "Turns every sample upside down. It sounds the same and has the same spectrogram; only what looks at samples themselves notices.",
            .make = makeAugmentation<PolarityInversion>};
}

void PolarityInversion::apply(std::vector<float>& samples, const Context&, RandomStream&) const
{
    kernels::scale(samples, -1.0f);
}

} // namespace melscope
