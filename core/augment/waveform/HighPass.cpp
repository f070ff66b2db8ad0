// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/HighPass.h"

#include "augment/waveform/Biquad.h"

namespace melscope {

AugmentationInfo HighPass::info()
{
    return {.name = "high_pass", .stage = AugmentationStage::Waveform, .title = "High-pass",
            .help = "Takes the low frequencies away, as a small loudspeaker or a wind filter does: hum, rumble "
                    "and handling noise tell where a clip was recorded, not what it is.",
            .schema = ParameterSchema({
                {.key = "min_cut_off", .label = "Lowest cut-off", .unit = "Hz", .defaultValue = 20.0, .minimum = 10.0, .maximum = 96000.0,
                 .help = "The cut-off, where the sound is 3 dB weaker, is drawn evenly in ratios between the two. "
                         "At 20 Hz nothing audible goes.", .logarithmic = true},
                {.key = "max_cut_off", .label = "Highest cut-off", .unit = "Hz", .defaultValue = 1000.0, .minimum = 10.0,
                 .maximum = 96000.0,
                 .help = "At 1,000 Hz a sound is thin, as from a telephone. Taken as 0.49 of the sample rate "
                         "where it is above.", .logarithmic = true},
                {.key = "order", .label = "Order", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 1, .maximum = 8,
                 .help = "Steepness of the Butterworth filter: 6 dB an octave for each order."},
            }),
            .make = makeAugmentation<HighPass>};
}

HighPass::HighPass(const Json& values) : m_cutOff(ParameterRange::of("cut_off", values)), m_order(values.at("order")) {}

void HighPass::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const double cutOff = filterable(m_cutOff.drawRatio(random), context.sampleRate);
    filter(samples, butterworthHighPass(m_order, cutOff, context.sampleRate));
}

} // namespace melscope
