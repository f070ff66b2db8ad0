// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Equalizer.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr double octaves = 1.32; // from one centre to the next

} // namespace

std::vector<Biquad> Equalizer::sections(const Gains& gains, double sampleRate)
{
    const auto used = static_cast<size_t>(std::count_if(centres.begin(), centres.end(), [&](double centre) {
        return centre <= highestPeak(sampleRate);
    }));
    // A band reaches into its neighbours: what they add at its centre is taken off its own gain, in turn, until all agree.
    constexpr int rounds = 12;
    Gains own = gains;
    std::vector<Biquad> result(used);
    for (size_t i = 0; i < used; ++i)
        result[i] = peakFilter(centres[i], octaves, own[i], sampleRate);
    for (int round = 0; round < rounds; ++round)
        for (size_t i = 0; i < used; ++i) {
            double total = 0.0;
            for (const Biquad& section : result)
                total += decibelsAt(section, centres[i], sampleRate);
            own[i] += gains[i] - total;
            result[i] = peakFilter(centres[i], octaves, own[i], sampleRate);
        }
    return result;
}

AugmentationInfo Equalizer::info()
{
    return {.name = "equalizer", .stage = AugmentationStage::Waveform, .title = "Equalizer",
            .help = "Makes each of seven bands, from 63 Hz to 16 kHz, louder or softer by a gain of its own: the "
                    "balance of bass and treble changes from microphone to microphone, the sound does not.",
            .schema = ParameterSchema({
                {.key = "min_gain", .label = "Lowest gain", .unit = "dB", .defaultValue = -6.0, .minimum = -30.0, .maximum = 30.0,
                 .help = "Gain at the middle of each band, drawn evenly between the two; it is met exactly."},
                {.key = "max_gain", .label = "Highest gain", .unit = "dB", .defaultValue = 6.0, .minimum = -30.0, .maximum = 30.0,
                 .help = "+-3 dB are hardly noticed, +-12 dB change a voice."},
            }),
            .make = makeAugmentation<Equalizer>};
}

Equalizer::Equalizer(const Json& values) : m_gain(ParameterRange::of("gain", values)) {}

void Equalizer::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    Gains gains{};
    for (double& gain : gains)
        gain = m_gain.draw(random);
    filter(samples, sections(gains, context.sampleRate));
}

} // namespace melscope
