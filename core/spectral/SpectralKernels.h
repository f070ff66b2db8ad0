// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace melscope::kernels {

/// Frames that are transformed together: one float of each in a row of `lanes`, so that every inner loop is as wide as
/// the CPU's registers. The functions below exist once per instruction set; the CPU's best is chosen when the program
/// starts. For one machine they are deterministic.
inline constexpr int lanes = 16;

/// out[i] = samples[i] * window[i].
void multiply(const float* samples, const float* window, float* out, size_t count);

/// Complex bins [bin][lane] (real, imaginary) to power [bin][lane].
void power(const float* spectra, float* out, size_t bins);

/// One mel row: out[lane] = sum over bins of weights[bin] * power[bin][lane].
void weightedSum(const float* power, const float* weights, size_t bins, float* out);

/// The largest of count values; count must be positive.
float maximum(const float* values, size_t count);

/// values[i] = factor * log2(max(values[i], smallest)) + offset, in place. `smallest` is a positive normal number.
void logarithm(float* values, size_t count, float smallest, float factor, float offset);

} // namespace melscope::kernels
