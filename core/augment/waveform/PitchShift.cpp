// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/PitchShift.h"

#include "audio/Resampler.h"
#include "augment/waveform/PhaseVocoder.h"

#include <cmath>

namespace melscope {

AugmentationInfo PitchShift::info()
{
    return {.name = "pitch_shift", .stage = AugmentationStage::Waveform, .title = "Pitch shift",
            .help = "Makes the sound higher or lower and keeps its length. Where the pitch itself is the class "
                    "(instruments, alarms), keep it small.",
            .schema = ParameterSchema({
                {.key = "min_semitones", .label = "Lowest shift", .unit = "semitones", .defaultValue = -4.0, .minimum = -24.0,
                 .maximum = 24.0, .help = "Drawn evenly between the two; 12 semitones are an octave."},
                {.key = "max_semitones", .label = "Highest shift", .unit = "semitones", .defaultValue = 4.0, .minimum = -24.0,
                 .maximum = 24.0, .help = "4 semitones are a major third, a quarter higher."},
            }),
            .make = makeAugmentation<PitchShift>};
}

PitchShift::PitchShift(const Json& values) : m_semitones(ParameterRange::of("semitones", values)) {}

void PitchShift::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const double ratio = std::exp2(m_semitones.draw(random) / 12.0);
    const auto shorter = static_cast<size_t>(std::ceil(static_cast<double>(samples.size()) / ratio));
    samples = stretched(resampleBy(samples, ratio, shorter), ratio, samples.size(), context.sampleRate);
}

} // namespace melscope
