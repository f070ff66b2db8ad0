// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/LowPass.h"

#include "augment/waveform/Biquad.h"

namespace melscope {

AugmentationInfo LowPass::info()
{
    return {.name = "low_pass", .stage = AugmentationStage::Waveform, .title = "Low-pass",
            .help = "Takes the high frequencies away, as a wall, a cheap microphone or a distant source does. The "
                    "network learns not to lean on the treble alone.",
            .schema = ParameterSchema({
                {.key = "min_cut_off", .label = "Lowest cut-off", .unit = "Hz", .defaultValue = 1000.0, .minimum = 10.0, .maximum = 96000.0,
                 .help = "The cut-off, where the sound is 3 dB weaker, is drawn evenly in ratios between the two. "
                         "At 1,000 Hz speech sounds as from the next room.", .logarithmic = true},
                {.key = "max_cut_off", .label = "Highest cut-off", .unit = "Hz", .defaultValue = 10000.0, .minimum = 10.0,
                 .maximum = 96000.0,
                 .help = "At 10,000 Hz only hiss and brilliance go. Taken as 0.49 of the sample rate where it is "
                         "above.", .logarithmic = true},
                {.key = "order", .label = "Order", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 1, .maximum = 8,
                 .help = "Steepness of the Butterworth filter: 6 dB an octave for each order."},
            }),
            .make = makeAugmentation<LowPass>};
}

LowPass::LowPass(const Json& values) : m_cutOff(ParameterRange::of("cut_off", values)), m_order(values.at("order")) {}

void LowPass::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const double cutOff = filterable(m_cutOff.drawRatio(random), context.sampleRate);
    filter(samples, butterworthLowPass(m_order, cutOff, context.sampleRate));
}

} // namespace melscope
