// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/demo/DemoScene.h"

#include <algorithm>

namespace melscope::demo {
namespace {

Samples background(RandomStream& family, RandomStream& take)
{
    const double corner = logUniform(family, 150, 6000);
    const double shelf = family.uniform(-12, 12);
    const double restlessness = family.uniform(0.0, 0.5);
    Samples samples = noise(clipSamples, take);
    Biquad::lowPass(corner, 0.5).apply(samples);
    Biquad::highPass(40).apply(samples);
    Biquad::highShelf(2500, shelf).apply(samples);
    const WanderingCurve drift(1.0 - restlessness, 1.0 + restlessness, 1.5, clipSamples, take);
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i] *= drift.at(i);
    scale(samples, 1.0 / rmsOf(samples));
    if (family.chance(0.3)) {
        const double mains = family.chance(0.5) ? 50.0 : 60.0;
        for (int harmonic = 1; harmonic <= 5; ++harmonic)
            addRinging(samples, 0.0, mains * harmonic, 1e6, family.uniform(0.1, 0.7) / harmonic);
    }
    // A floor that no recording is without, so that quiet bands do not tell places apart by digital silence.
    mix(samples, noise(clipSamples, take), 0.02);
    return samples;
}

} // namespace

void recordInPlace(Samples& foreground, RandomStream& family, RandomStream& take)
{
    const double peak = peakOf(foreground);
    const double loudness = rmsOf(foreground);
    // Between rms and peak: sounds made of rare events would drown if their mean counted, steady ones if their peak did.
    const double reference = std::max(0.12 * peak, loudness);
    mix(foreground, background(family, take), reference * decibels(-family.uniform(10, 30)));
    Biquad::lowShelf(logUniform(family, 120, 500), family.uniform(-10, 6)).apply(foreground);
    Biquad::highShelf(logUniform(family, 2000, 6000), family.uniform(-12, 6)).apply(foreground);
    Biquad::peak(logUniform(family, 500, 4000), 1.0, family.uniform(-6, 6)).apply(foreground);
    scale(foreground, decibels(-take.uniform(1, 20)) / std::max(1e-6f, peakOf(foreground)));
}

} // namespace melscope::demo
