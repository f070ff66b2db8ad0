// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/demo/DemoSounds.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace melscope::demo {

Samples rain(RandomStream& family, RandomStream& take)
{
    const double lowest = logUniform(family, 200, 1200);
    const double highest = logUniform(family, 4000, 12000);
    const double dropsPerSecond = logUniform(family, 60, 300);
    const double surface = logUniform(family, 700, 3000); // what near drops fall on

    Samples samples = noise(clipSamples, take);
    Biquad::highPass(lowest).apply(samples);
    Biquad::lowPass(highest).apply(samples);
    const WanderingCurve intensity(0.8, 1.2, 3.0, clipSamples, take);
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i] *= intensity.at(i);
    scale(samples, 0.08 / rmsOf(samples));
    for (const double moment : randomMoments(dropsPerSecond, take))
        addRinging(samples, moment, surface * logUniform(take, 0.7, 3.0), take.uniform(0.001, 0.005), logUniform(take, 0.03, 0.5));
    return samples;
}

Samples seaWaves(RandomStream& family, RandomStream& take)
{
    const double period = family.uniform(2.2, 3.8);
    const double darkest = logUniform(family, 200, 500);
    const double brightest = logUniform(family, 2500, 6500);
    const double washLevel = family.uniform(0.05, 0.2);

    // Each wave swells slowly, breaks, and hisses away; waves overlap.
    std::vector<float> swell(clipSamples / 32 + 1, static_cast<float>(washLevel));
    for (double start = -take.uniform(0.3, 1.0) * period; start < 5.0; start += period * take.uniform(0.8, 1.25)) {
        const double rise = period * take.uniform(0.3, 0.45);
        const double fall = period * take.uniform(0.25, 0.4);
        const double height = take.uniform(0.6, 1.0);
        for (size_t i = 0; i < swell.size(); ++i) {
            const double t = static_cast<double>(i) * 32 / sampleRate - start;
            if (t > 0)
                swell[i] += static_cast<float>(height * (t < rise ? std::pow(t / rise, 2.5) : std::exp((rise - t) / fall)));
        }
    }
    Samples samples = noise(clipSamples, take);
    applySwept(samples, SweptKind::LowPass, 0.7, [&](size_t i) {
        return darkest + (brightest - darkest) * std::min(1.0f, swell[i / 32] * swell[i / 32]);
    });
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i] *= swell[i / 32];
    return samples;
}

Samples wind(RandomStream& family, RandomStream& take)
{
    const double centre = logUniform(family, 250, 900);
    const double gustsPerSecond = family.uniform(1.2, 3.0);
    const double whistle = family.uniform(0.2, 0.8);
    const double sharpness = family.uniform(4, 12);

    const WanderingCurve gust(0.1, 1.0, gustsPerSecond, clipSamples, take);
    Samples body = noise(clipSamples, take);
    applySwept(body, SweptKind::BandPass, 1.2, [&](size_t i) { return centre * (0.4 + 0.6 * gust.at(i)); });
    Samples howl = noise(clipSamples, take);
    applySwept(howl, SweptKind::BandPass, sharpness, [&](size_t i) { return centre * (1.1 + 1.4 * gust.at(i)); });
    mix(body, howl, 3.0 * whistle);
    Samples hiss = noise(clipSamples, take);
    Biquad::highPass(1500).apply(hiss);
    mix(body, hiss, family.uniform(0.01, 0.05));
    for (size_t i = 0; i < body.size(); ++i)
        body[i] *= gust.at(i) * gust.at(i);
    return body;
}

Samples cracklingFire(RandomStream& family, RandomStream& take)
{
    const double roarCorner = logUniform(family, 250, 1200);
    const double roarLevel = logUniform(family, 0.01, 0.05);
    const double cracklesPerSecond = logUniform(family, 8, 25);
    const double wood = logUniform(family, 1500, 5000);

    Samples samples = noise(clipSamples, take);
    Biquad::lowPass(roarCorner).apply(samples);
    Biquad::highPass(50).apply(samples);
    const WanderingCurve flicker(0.4, 1.6, 9.0, clipSamples, take);
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i] *= flicker.at(i);
    scale(samples, roarLevel / rmsOf(samples));
    for (const double moment : randomMoments(cracklesPerSecond, take)) {
        // Splitting wood: a few bursts within milliseconds of one another.
        const int64_t splits = 1 + take.below(4);
        const double loudness = logUniform(take, 0.02, 0.8);
        for (int64_t i = 0; i < splits; ++i)
            addBurst(samples, moment + take.uniform(0.0, 0.02), wood * logUniform(take, 0.5, 2.0), 0.7,
                     logUniform(take, 0.0008, 0.006), loudness * take.uniform(0.3, 1.0), take);
    }
    return samples;
}

} // namespace melscope::demo
