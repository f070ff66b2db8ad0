// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/NoiseFilter.h"

#include "base/PerCpu.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace melscope {
namespace {

/// [pole][stretch]
using States = std::array<std::array<float, noiseStretches>, NoiseFilter::order>;
/// One value of every stretch.
using Row = float __attribute__((vector_size(sizeof(float) * noiseStretches)));

} // namespace

namespace kernels {

/// The filter as a sum over its poles: output = input + sum of gain * state, state = pole * state + input.
struct PoleSum
{
    float poles[NoiseFilter::order];
    float gains[NoiseFilter::order];
};

MELSCOPE_PER_CPU
void runStates(const PoleSum& sum, const float* noise, size_t steps, States& states)
{
    Row state[NoiseFilter::order];
    std::memcpy(state, states.data(), sizeof state);
    for (size_t step = 0; step < steps; ++step) {
        Row input;
        std::memcpy(&input, noise + step * noiseStretches, sizeof input);
        for (size_t pole = 0; pole < NoiseFilter::order; ++pole)
            state[pole] = sum.poles[pole] * state[pole] + input;
    }
    std::memcpy(states.data(), state, sizeof state);
}

MELSCOPE_PER_CPU
void runFilter(const PoleSum& sum, float* noise, size_t steps, const States& states)
{
    Row state[NoiseFilter::order];
    std::memcpy(state, states.data(), sizeof state);
    for (size_t step = 0; step < steps; ++step) {
        Row input;
        std::memcpy(&input, noise + step * noiseStretches, sizeof input);
        Row output = input;
        for (size_t pole = 0; pole < NoiseFilter::order; ++pole) {
            output += sum.gains[pole] * state[pole];
            state[pole] = sum.poles[pole] * state[pole] + input;
        }
        std::memcpy(noise + step * noiseStretches, &output, sizeof output);
    }
}

} // namespace kernels

namespace {

kernels::PoleSum poleSumOf(const NoiseFilter& filter)
{
    kernels::PoleSum sum{};
    for (size_t i = 0; i < NoiseFilter::order; ++i) {
        const double pole = filter.poles[i];
        double gain = 1.0;
        for (const double zero : filter.zeros)
            gain *= pole - zero;
        for (size_t j = 0; j < NoiseFilter::order && gain != 0.0; ++j)
            gain /= j != i ? pole - filter.poles[j] : 1.0;
        sum.poles[i] = static_cast<float>(pole);
        sum.gains[i] = static_cast<float>(gain); // 0 where a zero takes the pole away
    }
    return sum;
}

/// States at the beginnings of all stretches, from those they end in when each begins at rest.
States beginnings(const kernels::PoleSum& sum, const States& endsFromRest, size_t steps)
{
    States states;
    for (size_t pole = 0; pole < NoiseFilter::order; ++pole) {
        const double decay = std::pow(static_cast<double>(sum.poles[pole]), static_cast<double>(steps));
        double state = 0.0;
        // The first round finds the state at the clip's end.
        for (int round = 0; round < 2; ++round) {
            for (size_t stretch = 0; stretch < noiseStretches; ++stretch) {
                states[pole][stretch] = static_cast<float>(state);
                state = decay * state + static_cast<double>(endsFromRest[pole][stretch]);
            }
        }
    }
    return states;
}

} // namespace

void filterStretches(const NoiseFilter& filter, std::span<float> noise)
{
    const kernels::PoleSum sum = poleSumOf(filter);
    const size_t steps = noise.size() / noiseStretches;
    States ends{};
    kernels::runStates(sum, noise.data(), steps, ends);
    kernels::runFilter(sum, noise.data(), steps, beginnings(sum, ends, steps));
}

std::vector<float> inTimeOrder(std::span<const float> noise, size_t count)
{
    const size_t steps = noise.size() / noiseStretches;
    std::vector<float> ordered(noise.size());
    constexpr size_t tile = 64; // stays in the CPU's nearest cache
    for (size_t first = 0; first < steps; first += tile) {
        const size_t end = std::min(first + tile, steps);
        for (size_t stretch = 0; stretch < noiseStretches; ++stretch)
            for (size_t step = first; step < end; ++step)
                ordered[stretch * steps + step] = noise[step * noiseStretches + stretch];
    }
    ordered.resize(count);
    return ordered;
}

} // namespace melscope
