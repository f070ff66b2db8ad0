// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/SpectralKernels.h"

#include <algorithm>
#include <bit>
#include <cstdint>

// ThreadSanitizer instruments the resolvers that choose a clone, and those run before its runtime exists.
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
#define MELSCOPE_PER_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MELSCOPE_PER_CPU
#endif

namespace melscope::kernels {
namespace {

/// log2 of a positive normal number: exponent plus the series of 2 atanh((m-1)/(m+1)) / ln 2 with m in [0.707, 1.414);
/// off by less than 1e-6.
[[gnu::always_inline]] inline float log2Of(float value)
{
    constexpr int32_t halfRoot = 0x3f3504f3; // bits of sqrt(1/2)
    const int32_t bits = std::bit_cast<int32_t>(value) - halfRoot;
    const float exponent = static_cast<float>(bits >> 23);
    const float m = std::bit_cast<float>((bits & 0x007fffff) + halfRoot);
    const float s = (m - 1.0f) / (m + 1.0f);
    const float s2 = s * s;
    constexpr float twoOverLn2 = 2.885390081777927f;
    const float series = 1.0f + s2 * (1.0f / 3 + s2 * (1.0f / 5 + s2 * (1.0f / 7 + s2 * (1.0f / 9))));
    return exponent + twoOverLn2 * s * series;
}

} // namespace

MELSCOPE_PER_CPU
void multiply(const float* samples, const float* window, float* out, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        out[i] = samples[i] * window[i];
}

MELSCOPE_PER_CPU
void power(const float* spectra, float* out, size_t bins)
{
    for (size_t i = 0; i < bins * lanes; ++i)
        out[i] = spectra[2 * i] * spectra[2 * i] + spectra[2 * i + 1] * spectra[2 * i + 1];
}

MELSCOPE_PER_CPU
void weightedSum(const float* power, const float* weights, size_t bins, float* out)
{
    float sum[lanes] = {};
    for (size_t bin = 0; bin < bins; ++bin)
        for (int lane = 0; lane < lanes; ++lane)
            sum[lane] += weights[bin] * power[bin * lanes + static_cast<size_t>(lane)];
    for (int lane = 0; lane < lanes; ++lane)
        out[lane] = sum[lane];
}

MELSCOPE_PER_CPU
float maximum(const float* values, size_t count)
{
    float largest = values[0];
    for (size_t i = 0; i < count; ++i)
        largest = std::max(largest, values[i]);
    return largest;
}

MELSCOPE_PER_CPU
void logarithm(float* values, size_t count, float smallest, float factor, float offset)
{
    for (size_t i = 0; i < count; ++i)
        values[i] = factor * log2Of(std::max(values[i], smallest)) + offset;
}

} // namespace melscope::kernels
