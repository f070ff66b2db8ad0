// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/BandPass.h"

#include "augment/waveform/Biquad.h"

#include <cmath>

namespace melscope {

AugmentationInfo BandPass::info()
{
    return {.name = "band_pass", .stage = AugmentationStage::Waveform, .title = "Band-pass",
            .help = "Keeps one band of frequencies, as a telephone or an old radio does. Strong: give it a small "
                    "probability.",
            .schema = ParameterSchema({
                {.key = "min_centre", .label = "Lowest centre", .unit = "Hz", .defaultValue = 300.0, .minimum = 10.0, .maximum = 96000.0,
                 .help = "The middle of the band is drawn evenly in ratios between the two.", .logarithmic = true},
                {.key = "max_centre", .label = "Highest centre", .unit = "Hz", .defaultValue = 4000.0, .minimum = 10.0, .maximum = 96000.0,
                 .help = "Taken as 0.49 of the sample rate where it is above.", .logarithmic = true},
                {.key = "min_width", .label = "Narrowest band", .unit = "octaves", .defaultValue = 1.5, .minimum = 0.1, .maximum = 10.0,
                 .help = "From one edge to the other, where the sound is 3 dB weaker; drawn evenly between the "
                         "two. A telephone has 3.5 octaves."},
                {.key = "max_width", .label = "Widest band", .unit = "octaves", .defaultValue = 4.0, .minimum = 0.1, .maximum = 10.0,
                 .help = "An octave doubles the frequency; 10 of them are all that can be heard."},
                {.key = "order", .label = "Order", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 1, .maximum = 8,
                 .help = "Steepness of either slope of the Butterworth filter: 6 dB an octave for each order."},
            }),
            .make = makeAugmentation<BandPass>};
}

BandPass::BandPass(const Json& values)
    : m_centre(ParameterRange::of("centre", values)), m_width(ParameterRange::of("width", values)), m_order(values.at("order"))
{
}

void BandPass::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const double centre = filterable(m_centre.drawRatio(random), context.sampleRate);
    const double side = std::exp2(0.5 * m_width.draw(random));
    filter(samples, butterworthBandPass(m_order, centre / side, filterable(centre * side, context.sampleRate), context.sampleRate));
}

} // namespace melscope
