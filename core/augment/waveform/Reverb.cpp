// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Reverb.h"

#include "augment/waveform/Convolution.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr double firstEcho = 0.002;      // s after the direct sound: less than a metre further
constexpr double earlyEnd = 0.05;        // s; what comes later is heard as a tail, not as part of the sound
constexpr double earlyShare = 0.5;       // of the reverberant energy, where there are early reflections

double energyOf(const std::vector<float>& values)
{
    double sum = 0.0;
    for (const float value : values)
        sum += static_cast<double>(value) * static_cast<double>(value);
    return sum;
}

void setEnergy(std::vector<float>& values, double energy)
{
    const double own = energyOf(values);
    const auto factor = static_cast<float>(own > 0.0 ? std::sqrt(energy / own) : 0.0);
    for (float& value : values)
        value *= factor;
}

} // namespace

AugmentationInfo Reverb::info()
{
    return {.name = "reverb", .stage = AugmentationStage::Waveform, .title = "Reverberation",
            .help = "Puts the sound into a room that is drawn at random: direct sound, early reflections, a tail "
                    "that dies away. Clips recorded in dry and in echoing places become alike.",
            .schema = ParameterSchema({
                {.key = "min_rt60", .label = "Shortest reverberation time", .unit = "s", .defaultValue = 0.2, .minimum = 0.05, .maximum = 10.0,
                 .help = "RT60: how long the tail takes to fall by 60 dB. A furnished room has 0.3 to 0.6 s.", .logarithmic = true},
                {.key = "max_rt60", .label = "Longest reverberation time", .unit = "s", .defaultValue = 1.0, .minimum = 0.05, .maximum = 10.0,
                 .help = "Drawn evenly in ratios between the two. A stairwell has 2 s, a cathedral 5 s and more.", .logarithmic = true},
                {.key = "min_direct_ratio", .label = "Lowest direct-to-reverberant ratio", .unit = "dB", .defaultValue = 0.0, .minimum = -20.0,
                 .maximum = 40.0,
                 .help = "Energy of the direct sound over that of all echoes. At 0 dB both are equal; below, the "
                         "source is far away."},
                {.key = "max_direct_ratio", .label = "Highest direct-to-reverberant ratio", .unit = "dB", .defaultValue = 15.0,
                 .minimum = -20.0, .maximum = 40.0,
                 .help = "Drawn evenly between the two. At 15 dB the microphone is close and the room is hardly "
                          "heard."},
                {.key = "reflections", .label = "Early reflections", .type = Parameter::Type::Integer, .defaultValue = 8, .minimum = 0, .maximum = 50,
                 .help = "Single echoes from nearby walls in the first 50 ms, which colour the sound; they have "
                         "half of the echoes' energy.",
                 .advanced = true},
            }),
            .make = makeAugmentation<Reverb>};
}

Reverb::Reverb(const Json& values)
    : m_rt60(ParameterRange::of("rt60", values)), m_directRatio(ParameterRange::of("direct_ratio", values)),
      m_reflections(values.at("reflections"))
{
}

std::vector<float> Reverb::drawResponse(int sampleRate, size_t longest, RandomStream& random) const
{
    const double rt60 = m_rt60.drawRatio(random);
    const double ratio = std::pow(10.0, m_directRatio.draw(random) / 10.0);
    const double step = std::pow(10.0, -3.0 / (rt60 * sampleRate)); // amplitude from one sample to the next
    const auto wanted = static_cast<size_t>(std::ceil(rt60 * sampleRate)) + 1;
    const auto from = std::min(static_cast<size_t>(std::ceil(firstEcho * sampleRate)), wanted);

    std::vector<float> early(wanted, 0.0f);
    for (int i = 0; i < m_reflections; ++i) {
        const double time = random.uniform(firstEcho, std::min(earlyEnd, rt60));
        const auto sample = std::min(static_cast<size_t>(std::llround(time * sampleRate)), wanted - 1);
        const double sign = random.chance(0.5) ? 1.0 : -1.0;
        early[sample] += static_cast<float>(sign * random.uniform(0.5, 1.0) * std::pow(step, static_cast<double>(sample)));
    }
    std::vector<float> late(wanted, 0.0f);
    double level = std::pow(step, static_cast<double>(from));
    for (size_t i = from; i < wanted; ++i, level *= step)
        late[i] = static_cast<float>(level * random.uniform(-1.0, 1.0));

    setEnergy(early, earlyShare);
    setEnergy(late, 1.0 - earlyShare);
    std::vector<float>& response = late;
    for (size_t i = 0; i < wanted; ++i)
        response[i] += early[i];
    setEnergy(response, 1.0 / (1.0 + ratio));
    response[0] = static_cast<float>(std::sqrt(ratio / (1.0 + ratio)));
    response.resize(std::min(wanted, longest));
    return response;
}

void Reverb::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    samples = convolved(samples, drawResponse(context.sampleRate, samples.size(), random));
}

} // namespace melscope
