// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/WaveformKernels.h"

#include "base/PerCpu.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace melscope::kernels {
namespace {

constexpr size_t lanes = 16; // sums side by side: one alone waits for itself

} // namespace

MELSCOPE_PER_CPU
void scale(std::span<float> samples, float factor)
{
    for (float& sample : samples)
        sample *= factor;
}

MELSCOPE_PER_CPU
void addScaled(std::span<float> samples, std::span<const float> other, float factor)
{
    float* const target = samples.data();
    const float* const source = other.data();
    for (size_t i = 0; i < samples.size(); ++i)
        target[i] += factor * source[i];
}

MELSCOPE_PER_CPU
double sumOfSquares(std::span<const float> samples)
{
    constexpr size_t block = 256 * lanes; // short enough that the sums' rounding does not tell
    double total = 0.0;
    for (size_t first = 0; first < samples.size(); first += block) {
        const float* const values = samples.data() + first;
        const size_t count = std::min(block, samples.size() - first);
        float sums[lanes] = {};
        size_t i = 0;
        for (; i + lanes <= count; i += lanes)
            for (size_t lane = 0; lane < lanes; ++lane)
                sums[lane] += values[i + lane] * values[i + lane];
        for (size_t lane = 0; i + lane < count; ++lane)
            sums[lane] += values[i + lane] * values[i + lane];
        for (const float sum : sums)
            total += static_cast<double>(sum);
    }
    return total;
}

MELSCOPE_PER_CPU
float peak(std::span<const float> samples)
{
    const float* const values = samples.data();
    float largest[lanes] = {};
    size_t i = 0;
    for (; i + lanes <= samples.size(); i += lanes)
        for (size_t lane = 0; lane < lanes; ++lane)
            largest[lane] = std::max(largest[lane], std::abs(values[i + lane]));
    for (size_t lane = 0; i + lane < samples.size(); ++lane)
        largest[lane] = std::max(largest[lane], std::abs(values[i + lane]));
    return *std::max_element(largest, largest + lanes);
}

MELSCOPE_PER_CPU
void clamp(std::span<float> samples, float limit)
{
    for (float& sample : samples)
        sample = std::min(std::max(sample, -limit), limit);
}

MELSCOPE_PER_CPU
void tanh(std::span<float> samples, float drive)
{
    // A quotient of polynomials (as in Eigen); beyond the limit it is 1 in single precision.
    constexpr float limit = 7.90531110763549805f;
    for (float& sample : samples) {
        const float x = std::min(std::max(drive * sample, -limit), limit);
        const float x2 = x * x;
        const float over = 4.89352455891786e-03f + x2 * (6.37261928875436e-04f + x2 * (1.48572235717979e-05f + x2 * (5.12229709037114e-08f
                         + x2 * (-8.60467152213735e-11f + x2 * (2.00018790482477e-13f + x2 * -2.76076847742355e-16f)))));
        const float under = 4.89352518554385e-03f + x2 * (2.26843463243900e-03f + x2 * (1.18534705686654e-04f + x2 * 1.19825839466702e-06f));
        sample = x * over / under;
    }
}

MELSCOPE_PER_CPU
void quantise(std::span<float> samples, float step)
{
    const float perStep = 1.0f / step;
    for (float& sample : samples)
        sample = std::rint(sample * perStep) * step;
}

} // namespace melscope::kernels
