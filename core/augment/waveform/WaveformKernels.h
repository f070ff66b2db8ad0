// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

/// Loops over samples, each once per instruction set (base/PerCpu.h). The same bits on every CPU: no sum is reordered,
/// nothing contracted.
namespace melscope::kernels {

void scale(std::span<float> samples, float factor);

/// samples += factor * other; of equal length.
void addScaled(std::span<float> samples, std::span<const float> other, float factor);

double sumOfSquares(std::span<const float> samples);

/// Largest magnitude, 0 for none.
float peak(std::span<const float> samples);

/// What is beyond +-limit becomes +-limit.
void clamp(std::span<float> samples, float limit);

/// tanh(drive * sample), within 2e-7.
void tanh(std::span<float> samples, float drive);

/// To the nearest multiple of step.
void quantise(std::span<float> samples, float step);

} // namespace melscope::kernels
