// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/ColouredNoise.h"

#include "augment/waveform/NoiseFilter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace melscope {
namespace {

// A pole at low frequency alone falls too little in the last octave below half the sample rate; what stands at negative values
// mends that. Found by search for the least error.

double rootAt(double hz, int sampleRate)
{
    return std::exp(-2.0 * std::numbers::pi * hz / sampleRate);
}

/// Half of brown's slope: poles and zeros by turns, evenly on a logarithmic axis.
NoiseFilter pinkFilter(int sampleRate)
{
    constexpr int pairs = NoiseFilter::order - 1;
    const double lowest = 7.0;
    const double ratio = std::pow(0.32 * sampleRate / lowest, 1.0 / pairs);
    NoiseFilter filter;
    for (int i = 0; i < pairs; ++i) {
        filter.poles[static_cast<size_t>(i)] = rootAt(lowest * std::pow(ratio, i), sampleRate);
        filter.zeros[static_cast<size_t>(i)] = rootAt(lowest * std::pow(ratio, i + 0.5), sampleRate);
    }
    filter.zeros[pairs] = -0.22;
    return filter;
}

NoiseFilter brownFilter(int sampleRate)
{
    return {.poles = {rootAt(20.0, sampleRate), -0.467}, .zeros = {-0.57, -0.078}};
}

NoiseFilter filterOf(NoiseColour colour, int sampleRate)
{
    switch (colour) {
    case NoiseColour::White:
        break;
    case NoiseColour::Pink:
        return pinkFilter(sampleRate);
    case NoiseColour::Brown:
        return brownFilter(sampleRate);
    case NoiseColour::Blue:
        return pinkFilter(sampleRate).inverse();
    case NoiseColour::Violet:
        return brownFilter(sampleRate).inverse();
    }
    return {};
}

} // namespace

const std::vector<std::string>& noiseColourNames()
{
    static const std::vector<std::string> names{"white", "pink", "brown", "blue", "violet"};
    return names;
}

std::vector<float> colouredNoise(NoiseColour colour, size_t count, int sampleRate, RandomStream& random)
{
    if (colour == NoiseColour::White) {
        std::vector<float> white(count);
        random.normals(white);
        return white;
    }
    // White noise has no order: it may lie as the filter reads it. The thread keeps the memory; a new one each time would cost as
    // much as the noise.
    static thread_local std::vector<float> stretches;
    stretches.resize((count + noiseStretches - 1) / noiseStretches * noiseStretches);
    random.normals(stretches);
    filterStretches(filterOf(colour, sampleRate), stretches);
    return inTimeOrder(stretches, count);
}

} // namespace melscope
