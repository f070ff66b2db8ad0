// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <span>

namespace melscope {

/// Levels below it (-180 dB of full scale) are silence: no recording has them, and ratios to them mean nothing.
constexpr double silentAmplitude = 1e-9;

/// Decibels to a factor on samples.
inline double amplitudeOf(double decibels)
{
    return std::pow(10.0, decibels / 20.0);
}

/// Root mean square; 0 for no samples.
double rootMeanSquare(std::span<const float> samples);

/// Adds `other`, of the same length, `snr` dB below the level of `samples` (both as root mean square). Silence, on either
/// side, has no ratio to anything: `samples` stay as they are.
void addAtSnr(std::span<float> samples, std::span<const float> other, double snr);

/// Straight ramps from silence and to it.
void fadeIn(std::span<float> samples);
void fadeOut(std::span<float> samples);

} // namespace melscope
