// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/demo/DemoSounds.h"

#include <array>

namespace melscope::demo {
namespace {

struct Ground
{
    double heelHz;
    double grainHz;
    double grainDecay; // s
    int grains;
    double heelLevel;
};

Ground groundOf(RandomStream& family)
{
    switch (family.below(3)) {
    case 0: return {family.uniform(90, 160), logUniform(family, 1500, 3000), 0.008, 1, 0.6};   // a hard floor
    case 1: return {family.uniform(60, 110), logUniform(family, 2500, 5000), 0.003, 28, 0.35}; // gravel
    default: return {family.uniform(60, 100), logUniform(family, 700, 1600), 0.02, 10, 0.4};   // leaves
    }
}

void addStep(Samples& samples, double start, const Ground& ground, double loudness, RandomStream& take)
{
    addRinging(samples, start, ground.heelHz * take.uniform(0.9, 1.1), 0.02, ground.heelLevel * loudness);
    addBurst(samples, start, ground.grainHz, 0.8, 0.006, 0.3 * loudness, take);
    const double roll = take.uniform(0.1, 0.18); // from heel to toe, s
    for (int i = 0; i < ground.grains; ++i)
        addBurst(samples, start + roll * take.uniform(), ground.grainHz * logUniform(take, 0.6, 1.7), 0.8, ground.grainDecay,
                 loudness * take.uniform(0.05, 0.3), take);
    addBurst(samples, start + roll, ground.grainHz * 0.8, 0.8, 0.012, 0.2 * loudness, take);
}

} // namespace

Samples footsteps(RandomStream& family, RandomStream& take)
{
    const Ground ground = groundOf(family);
    const double interval = family.uniform(0.45, 0.75);
    Samples samples(clipSamples, 0.0f);
    double approach = take.uniform(0.5, 1.0);
    const double change = take.uniform(0.9, 1.12); // walking away or coming nearer
    for (double start = take.uniform(0.02, interval); start < 4.9; start += interval * take.uniform(0.95, 1.05)) {
        addStep(samples, start, ground, approach * take.uniform(0.75, 1.0), take);
        approach *= change;
    }
    return samples;
}

Samples clockTick(RandomStream& family, RandomStream& take)
{
    static constexpr int modes = 5;
    std::array<double, modes> hz;
    std::array<double, modes> decay;
    for (int i = 0; i < modes; ++i) {
        hz[i] = logUniform(family, 1200, 7000);
        decay[i] = logUniform(family, 0.003, 0.03);
    }
    const double interval = 1.0 / family.uniform(2.0, 5.0);
    const double tock = family.uniform(0.8, 0.95);  // the second stroke of the escapement sounds a little lower
    const double limp = family.uniform(0.46, 0.54); // and never quite in the middle
    const double caseHz = logUniform(family, 150, 400);

    Samples samples(clipSamples, 0.0f);
    bool second = false;
    for (double start = take.uniform(0.01, interval); start < 4.98; second = !second) {
        const double loudness = take.uniform(0.85, 1.0) * (second ? 0.8 : 1.0);
        addBurst(samples, start, 4000, 0.6, 0.001, 0.4 * loudness, take);
        for (int i = 0; i < modes; ++i)
            addRinging(samples, start, hz[i] * (second ? tock : 1.0), decay[i], 0.2 * loudness * take.uniform(0.7, 1.0));
        addRinging(samples, start, caseHz, 0.01, 0.1 * loudness);
        start += 2.0 * interval * (second ? 1.0 - limp : limp);
    }
    return samples;
}

Samples churchBells(RandomStream& family, RandomStream& take)
{
    // Partials of a minor-third bell: hum, prime, tierce, quint, nominal and those above it.
    static constexpr std::array<double, 10> ratios = {0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 2.67, 3.01, 4.17, 5.43};
    static constexpr std::array<double, 10> levels = {0.5, 0.6, 0.7, 0.35, 0.9, 0.35, 0.4, 0.45, 0.3, 0.2};
    const double prime = logUniform(family, 180, 650);
    const double ring = family.uniform(0.7, 2.0);
    const double interval = family.uniform(0.9, 2.2);
    const int64_t bells = 1 + family.below(3);
    const std::array<double, 3> scaleSteps = {1.0, 0.891, 0.749};
    std::array<double, 10> detune;
    for (double& d : detune)
        d = family.uniform(0.98, 1.02);
    static constexpr size_t beatingPartials = 5;
    std::array<double, beatingPartials> beat; // Hz
    for (double& b : beat)
        b = family.uniform(0.4, 2.5);

    Samples samples(clipSamples, 0.0f);
    int64_t strike = take.below(bells);
    for (double start = take.uniform(0.02, 0.7); start < 4.6; start += interval * take.uniform(0.93, 1.07), ++strike) {
        const double bell = prime * scaleSteps[static_cast<size_t>(strike % bells)];
        const double loudness = take.uniform(0.6, 1.0);
        for (size_t i = 0; i < ratios.size(); ++i) {
            const double hz = bell * ratios[i] * detune[i];
            const double level = 0.15 * levels[i] * loudness * take.uniform(0.7, 1.0);
            const double decay = ring / (0.4 + 0.6 * ratios[i]);
            addRinging(samples, start, hz, decay, level);
            // No casting is perfectly round: the strong partials are pairs that beat.
            if (i < beatingPartials)
                addRinging(samples, start, hz + beat[i], decay, 0.6 * level);
        }
        addBurst(samples, start, 3000, 0.6, 0.01, 0.1 * loudness, take); // the clapper
    }
    return samples;
}

} // namespace melscope::demo
