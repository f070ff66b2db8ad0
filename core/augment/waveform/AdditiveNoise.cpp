// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/AdditiveNoise.h"

#include "augment/waveform/WaveformLevels.h"

#include <algorithm>

namespace melscope {
namespace {

std::vector<std::string> choices()
{
    std::vector<std::string> names = noiseColourNames();
    names.emplace_back("random");
    return names;
}

} // namespace

AugmentationInfo AdditiveNoise::info()
{
    return {.name = "noise", .stage = AugmentationStage::Waveform, .title = "Noise",
            .help = "Adds noise, as a bad recording would. The network learns to hear the sound through it, and not to trust silence.",
            .schema = ParameterSchema({
                {.key = "colour", .label = "Colour", .type = Parameter::Type::Choice, .defaultValue = "random", .choices = choices(),
                 .help = "White is equally strong at all frequencies and hisses; pink falls by 3 dB an octave as most of nature does, brown by "
                         "6 dB and rumbles; blue and violet rise by as much. Random draws one of the five."},
                {.key = "min_snr", .label = "Lowest signal-to-noise ratio", .unit = "dB", .defaultValue = 6.0, .minimum = -30.0, .maximum = 100.0,
                 .help = "The ratio is drawn evenly between the two; at 0 dB the noise is as loud as the clip."},
                {.key = "max_snr", .label = "Highest signal-to-noise ratio", .unit = "dB", .defaultValue = 30.0, .minimum = -30.0, .maximum = 100.0,
                 .help = "At 30 dB the noise is barely heard."},
            }),
            .make = makeAugmentation<AdditiveNoise>};
}

AdditiveNoise::AdditiveNoise(const Json& values) : m_snr(ParameterRange::of("snr", values))
{
    const std::vector<std::string>& names = noiseColourNames();
    const auto found = std::find(names.begin(), names.end(), values.at("colour").get<std::string>());
    if (found != names.end())
        m_colour = static_cast<NoiseColour>(found - names.begin());
}

void AdditiveNoise::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const double snr = m_snr.draw(random);
    const NoiseColour colour = m_colour ? *m_colour : static_cast<NoiseColour>(random.below(static_cast<int64_t>(noiseColourNames().size())));
    addAtSnr(samples, colouredNoise(colour, samples.size(), context.sampleRate, random), snr);
}

} // namespace melscope
