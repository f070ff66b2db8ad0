// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"

#include <span>
#include <vector>

namespace melscope {

/// Whole-clip conversion with libsoxr (HQ: linear phase, 20 bit). Length is round(n * to / from). Equal rates copy.
/// Thread: any; results do not depend on it. Throws Error(InvalidValue) for rates outside 1-768 kHz.
std::vector<float> resample(std::span<const float> samples, int fromRate, int toRate);
Waveform resample(const Waveform& waveform, int toRate);

/// The first `count` samples of the sound played `speed` times as fast: sample n is the input's at n * speed, silence where it
/// has ended. What would pass half the sample rate is taken out (soxr HQ). speed > 0. Thread: any.
std::vector<float> resampleBy(std::span<const float> samples, double speed, size_t count);

} // namespace melscope
