// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/demo/DemoSounds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace melscope::demo {
namespace {

struct Dog
{
    double pitch;                   // Hz
    std::array<double, 3> formants; // Hz
    double breath;
    double seconds;
};

/// Glottal pulses whose pitch rises and falls, with breath, through the three resonances of the throat.
void addBark(Samples& samples, double start, const Dog& dog, double loudness, RandomStream& take)
{
    const double seconds = dog.seconds * take.uniform(0.8, 1.25);
    const auto length = static_cast<size_t>(seconds * sampleRate);
    Samples source = noise(length, take);
    const double pitch = dog.pitch * take.uniform(0.9, 1.1);
    const double lift = take.uniform(0.25, 0.6);
    double phase = 0.0;
    for (size_t i = 0; i < length; ++i) {
        const double t = static_cast<double>(i) / static_cast<double>(length);
        const double step = pitch * (1.0 + lift * 4.0 * t * (1.0 - t) - 0.3 * t) / sampleRate;
        phase += step;
        phase -= std::floor(phase);
        // A raised-cosine pulse in a third of the period: the glottis opens and closes.
        const double pulse = phase < 0.33 ? 1.0 - std::cos(2.0 * std::numbers::pi * phase / 0.33) : 0.0;
        const double envelope = std::min(1.0, t / 0.08) * std::pow(1.0 - t, 1.3);
        source[i] = static_cast<float>(envelope * (pulse - 0.33 + dog.breath * source[i]));
    }
    Samples voice(length, 0.0f);
    static constexpr std::array<double, 3> gains = {1.0, 0.7, 0.35};
    for (size_t f = 0; f < dog.formants.size(); ++f) {
        Samples formant = source;
        Biquad::bandPass(dog.formants[f], 4.0).apply(formant);
        mix(voice, formant, gains[f]);
    }
    const auto begin = static_cast<size_t>(start * sampleRate);
    for (size_t i = 0; i < length && begin + i < samples.size(); ++i)
        samples[begin + i] += static_cast<float>(loudness) * voice[i];
}

struct Syllable
{
    double from, middle, to; // Hz
    double seconds;
    double trill;            // Hz of a warble on top, 0 for none
    int repeats;
};

Syllable syllableOf(RandomStream& family)
{
    const double centre = logUniform(family, 2200, 6500);
    return {centre * family.uniform(0.75, 1.3), centre * family.uniform(0.85, 1.2), centre * family.uniform(0.7, 1.25),
            family.uniform(0.04, 0.22),         family.chance(0.4) ? family.uniform(20, 45) : 0.0,
            static_cast<int>(1 + family.below(5))};
}

void addSyllable(Samples& samples, double start, const Syllable& syllable, double transpose, double loudness)
{
    const auto begin = static_cast<size_t>(start * sampleRate);
    const auto length = static_cast<size_t>(syllable.seconds * sampleRate);
    double phase = 0.0;
    for (size_t i = 0; i < length && begin + i < samples.size(); ++i) {
        const double t = static_cast<double>(i) / static_cast<double>(length);
        // A parabola through beginning, middle and end.
        const double glide = syllable.from * (1 - t) * (1 - 2 * t) + syllable.middle * 4 * t * (1 - t) + syllable.to * t * (2 * t - 1);
        const double warble = syllable.trill > 0
            ? 1.0 + 0.06 * std::sin(2 * std::numbers::pi * syllable.trill * t * syllable.seconds) : 1.0;
        phase += 2 * std::numbers::pi * transpose * glide * warble / sampleRate;
        const double sine = std::sin(phase);
        const double envelope = 4.0 * t * (1.0 - t);
        // sin(2x) from sin x and cos x would cost as much as this bent sine, which brings a weak third harmonic.
        samples[begin + i] += static_cast<float>(loudness * envelope * sine * (1.1 - 0.15 * sine * sine));
    }
}

} // namespace

Samples dog(RandomStream& family, RandomStream& take)
{
    const double size = family.uniform(); // 0 a small dog, 1 a large one
    const double tract = 1.35 - 0.55 * size;
    const Dog animal{520.0 * std::pow(0.35, size) * family.uniform(0.9, 1.1),
                     {650 * tract * family.uniform(0.9, 1.1), 1300 * tract * family.uniform(0.9, 1.1),
                      2700 * tract * family.uniform(0.9, 1.1)},
                     family.uniform(0.3, 1.0), 0.13 + 0.14 * size};
    Samples samples(clipSamples, 0.0f);
    double start = take.uniform(0.02, 0.8);
    while (start < 4.6) {
        const int64_t barks = 1 + take.below(3);
        for (int64_t i = 0; i < barks; ++i, start += animal.seconds + take.uniform(0.1, 0.3))
            addBark(samples, start, animal, take.uniform(0.6, 1.0), take);
        start += take.uniform(0.4, 2.0);
    }
    return samples;
}

Samples chirpingBirds(RandomStream& family, RandomStream& take)
{
    std::array<Syllable, 3> song;
    for (Syllable& syllable : song)
        syllable = syllableOf(family);
    const double rest = family.uniform(0.3, 1.0);
    Samples samples(clipSamples, 0.0f);
    const int64_t birds = 1 + take.below(2);
    for (int64_t bird = 0; bird < birds; ++bird) {
        const double transpose = take.uniform(0.93, 1.07);
        const double loudness = bird == 0 ? 1.0 : take.uniform(0.1, 0.5);
        for (double start = take.uniform(0.0, 0.8); start < 4.8; start += rest * take.uniform(0.5, 1.5)) {
            const Syllable& syllable = song[static_cast<size_t>(take.below(3))];
            for (int i = 0; i < syllable.repeats; ++i, start += syllable.seconds + 0.025)
                addSyllable(samples, start, syllable, transpose * take.uniform(0.98, 1.02), loudness * take.uniform(0.7, 1.0));
        }
    }
    return samples;
}

Samples crickets(RandomStream& family, RandomStream& take)
{
    const double carrier = logUniform(family, 2300, 6500);
    const double pulsesPerSecond = family.uniform(22, 55);
    const int64_t pulsesPerChirp = family.chance(0.25) ? 1000 : 3 + family.below(6); // some species trill without end
    const double rest = family.uniform(0.15, 0.5);
    const double duty = family.uniform(0.45, 0.7);
    Samples samples(clipSamples, 0.0f);
    const int64_t insects = 1 + take.below(3);
    for (int64_t insect = 0; insect < insects; ++insect) {
        const double hz = carrier * take.uniform(0.94, 1.06);
        const double pulseRate = pulsesPerSecond * take.uniform(0.95, 1.05);
        const Syllable pulse{hz * 1.01, hz, hz * 0.98, duty / pulseRate, 0.0, 1};
        const double loudness = insect == 0 ? 1.0 : take.uniform(0.15, 0.6);
        int64_t inChirp = 0;
        for (double start = take.uniform(0.0, 0.4); start < 4.98; start += 1.0 / pulseRate) {
            addSyllable(samples, start, pulse, 1.0, loudness * take.uniform(0.85, 1.0));
            if (++inChirp == pulsesPerChirp) {
                inChirp = 0;
                start += rest * take.uniform(0.9, 1.1);
            }
        }
    }
    return samples;
}

} // namespace melscope::demo
