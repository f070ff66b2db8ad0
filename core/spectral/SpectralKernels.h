// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace melscope::kernels {

/// Frames whose mel rows are summed together: one float of each in a row of `lanes`, so that narrow triangles fill the
/// CPU's registers too. The functions below exist once per instruction set; the CPU's best is chosen when the program
/// starts. For one machine they are deterministic.
inline constexpr int lanes = 16;

/// out[i] = samples[i] * window[i].
void multiply(const float* samples, const float* window, float* out, size_t count);

/// Complex bins (real, imaginary) to power.
void power(const float* spectrum, float* out, size_t bins);

/// Power of the half + 1 bins of a real signal of 2 * half samples, whose complex FFT of size `half`, taken of the samples
/// in pairs, is real[k] + i imaginary[k]. With w = 2 pi / (2 half): cosines[k] = cos(w k), sines[k] = sin(w k), for k up
/// to half / 2.
void powerOfPairs(const float* real, const float* imaginary, const float* cosines, const float* sines, size_t half, float* out);

/// (real, imaginary) pairs to two arrays.
void separate(const float* pairs, float* real, float* imaginary, size_t count);

/// `lanes` rows of `bins` values, `stride` apart, to [bin][lane]. stride is a multiple of 4 and not below bins; out has
/// room for stride bins.
void interleave(const float* rows, size_t stride, size_t bins, float* out);

/// One mel row: out[lane] = sum over bins of weights[bin] * power[bin][lane].
void weightedSum(const float* power, const float* weights, size_t bins, float* out);

/// Sum of a[i] * b[i].
float dot(const float* a, const float* b, size_t count);

/// The largest of count values; count must be positive.
float maximum(const float* values, size_t count);

/// values[i] = factor * log2(max(values[i], smallest)) + offset, in place. `smallest` is a positive normal number.
void logarithm(float* values, size_t count, float smallest, float factor, float offset);

} // namespace melscope::kernels
