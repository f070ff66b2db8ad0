// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/RandomFilter.h"

#include "augment/waveform/Biquad.h"

namespace melscope {

AugmentationInfo RandomFilter::info()
{
    return {.name = "random_filter", .stage = AugmentationStage::Waveform, .title = "Random filter",
            .help = "Colours the sound with a frequency response that is drawn at random, as another microphone, "
                    "loudspeaker or room would. Unlike the equalizer's, its peaks and dips lie anywhere and may "
                    "be narrow or wide.",
            .schema = ParameterSchema({
                {.key = "bands", .label = "Peaks and dips", .type = Parameter::Type::Integer, .defaultValue = 4, .minimum = 1,
                 .maximum = 16,
                 .help = "How many. Their centres are drawn evenly in ratios from 50 Hz to 0.4 of the sample "
                         "rate."},
                {.key = "min_gain", .label = "Lowest gain", .unit = "dB", .defaultValue = -6.0, .minimum = -30.0, .maximum = 30.0,
                 .help = "Gain at the middle of a peak or dip, drawn evenly between the two. Where several meet, "
                         "their gains add up."},
                {.key = "max_gain", .label = "Highest gain", .unit = "dB", .defaultValue = 6.0, .minimum = -30.0, .maximum = 30.0,
                 .help = "The larger the range, the stronger the colour; +-3 dB are two good microphones, +-12 dB "
                         "a bad telephone."},
                {.key = "min_width", .label = "Narrowest", .unit = "octaves", .defaultValue = 0.5, .minimum = 0.1, .maximum = 8.0,
                 .help = "Width at half of the gain. Narrow ones are the resonances of boxes and small rooms."},
                {.key = "max_width", .label = "Widest", .unit = "octaves", .defaultValue = 3.0, .minimum = 0.1, .maximum = 8.0,
                 .help = "Wide ones make the sound darker or brighter."},
            }),
            .make = makeAugmentation<RandomFilter>};
}

RandomFilter::RandomFilter(const Json& values)
    : m_bands(values.at("bands")), m_gain(ParameterRange::of("gain", values)), m_width(ParameterRange::of("width", values))
{
}

void RandomFilter::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const ParameterRange centres{.low = 50.0, .high = highestPeak(context.sampleRate)};
    std::vector<Biquad> sections;
    for (int i = 0; i < m_bands; ++i) {
        const double centre = centres.drawRatio(random);
        const double width = m_width.draw(random);
        sections.push_back(peakFilter(centre, width, m_gain.draw(random), context.sampleRate));
    }
    filter(samples, sections);
}

} // namespace melscope
