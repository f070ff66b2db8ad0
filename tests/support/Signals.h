// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"
#include "base/RandomStream.h"

#include <cmath>
#include <numbers>

namespace melscope::test {

inline std::vector<float> sine(double hz, int rate, size_t length, double amplitude = 1.0)
{
    std::vector<float> samples(length);
    for (size_t i = 0; i < length; ++i)
        samples[i] = static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * hz / rate * static_cast<double>(i)));
    return samples;
}

/// White noise, the same at every call; its peaks stay below full scale for the default deviation.
inline std::vector<float> noise(size_t length, double deviation = 0.1)
{
    RandomStream random(RandomKey{});
    std::vector<float> samples(length);
    for (float& sample : samples)
        sample = static_cast<float>(deviation * random.normal());
    return samples;
}

} // namespace melscope::test
