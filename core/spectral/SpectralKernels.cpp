// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/SpectralKernels.h"

#include "base/FastLog2.h"
#include "base/PerCpu.h"

#include <algorithm>
#include <cstring>

namespace melscope::kernels {
namespace {

/// Four floats: the widest that every x86-64 has, and what compilers elsewhere lower well.
using Quad = float __attribute__((vector_size(16)));

[[gnu::always_inline]] inline Quad load(const float* values)
{
    Quad quad;
    std::memcpy(&quad, values, sizeof quad);
    return quad;
}

[[gnu::always_inline]] inline void store(float* values, Quad quad)
{
    std::memcpy(values, &quad, sizeof quad);
}

} // namespace

MELSCOPE_PER_CPU
void multiply(const float* samples, const float* window, float* out, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        out[i] = samples[i] * window[i];
}

MELSCOPE_PER_CPU
void power(const float* spectrum, float* out, size_t bins)
{
    for (size_t i = 0; i < bins; ++i)
        out[i] = spectrum[2 * i] * spectrum[2 * i] + spectrum[2 * i + 1] * spectrum[2 * i + 1];
}

MELSCOPE_PER_CPU
void separate(const float* __restrict pairs, float* __restrict real, float* __restrict imaginary, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        real[i] = pairs[2 * i];
        imaginary[i] = pairs[2 * i + 1];
    }
}

MELSCOPE_PER_CPU
void powerOfPairs(const float* real, const float* imaginary, const float* cosines, const float* sines, size_t half, float* out)
{
    const float sum = real[0] + imaginary[0];
    const float difference = real[0] - imaginary[0];
    float* high = out + half;
    const float* realEnd = real + half;
    const float* imaginaryEnd = imaginary + half;
    const auto middle = static_cast<ptrdiff_t>((half + 1) / 2);
#pragma GCC ivdep // the loop's two ends never meet
    for (ptrdiff_t k = 1; k < middle; ++k) {
        const float evenReal = 0.5f * (real[k] + realEnd[-k]);
        const float evenImaginary = 0.5f * (imaginary[k] - imaginaryEnd[-k]);
        const float oddReal = 0.5f * (imaginary[k] + imaginaryEnd[-k]);
        const float oddImaginary = 0.5f * (realEnd[-k] - real[k]);
        const float turnedReal = oddReal * cosines[k] + oddImaginary * sines[k];
        const float turnedImaginary = oddImaginary * cosines[k] - oddReal * sines[k];
        const float lowReal = evenReal + turnedReal;
        const float lowImaginary = evenImaginary + turnedImaginary;
        const float highReal = evenReal - turnedReal;
        const float highImaginary = evenImaginary - turnedImaginary;
        out[k] = lowReal * lowReal + lowImaginary * lowImaginary;
        high[-k] = highReal * highReal + highImaginary * highImaginary;
    }
    if (half % 2 == 0)
        out[half / 2] = real[half / 2] * real[half / 2] + imaginary[half / 2] * imaginary[half / 2];
    out[0] = sum * sum;
    out[half] = difference * difference;
}

void interleave(const float* rows, size_t stride, size_t bins, float* out)
{
    for (size_t bin = 0; bin < bins; bin += 4) {
        for (size_t lane = 0; lane < lanes; lane += 4) {
            const float* source = rows + lane * stride + bin;
            const Quad a = load(source);
            const Quad b = load(source + stride);
            const Quad c = load(source + 2 * stride);
            const Quad d = load(source + 3 * stride);
            const Quad abLow = __builtin_shufflevector(a, b, 0, 4, 1, 5);
            const Quad abHigh = __builtin_shufflevector(a, b, 2, 6, 3, 7);
            const Quad cdLow = __builtin_shufflevector(c, d, 0, 4, 1, 5);
            const Quad cdHigh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
            float* target = out + bin * lanes + lane;
            store(target, __builtin_shufflevector(abLow, cdLow, 0, 1, 4, 5));
            store(target + lanes, __builtin_shufflevector(abLow, cdLow, 2, 3, 6, 7));
            store(target + 2 * lanes, __builtin_shufflevector(abHigh, cdHigh, 0, 1, 4, 5));
            store(target + 3 * lanes, __builtin_shufflevector(abHigh, cdHigh, 2, 3, 6, 7));
        }
    }
}

MELSCOPE_PER_CPU
void weightedSum(const float* power, const float* weights, size_t bins, float* out)
{
    // By hand: left alone, GCC 12 turns the lanes inside out and takes five times as long.
    static_assert(lanes == 16);
    Quad a{};
    Quad b{};
    Quad c{};
    Quad d{};
    for (size_t bin = 0; bin < bins; ++bin) {
        const float* row = power + bin * lanes;
        a += weights[bin] * load(row);
        b += weights[bin] * load(row + 4);
        c += weights[bin] * load(row + 8);
        d += weights[bin] * load(row + 12);
    }
    store(out, a);
    store(out + 4, b);
    store(out + 8, c);
    store(out + 12, d);
}

MELSCOPE_PER_CPU
float dot(const float* a, const float* b, size_t count)
{
    float sum = 0.0f;
    for (size_t i = 0; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
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
        values[i] = factor * fastLog2(std::max(values[i], smallest)) + offset;
}

} // namespace melscope::kernels
