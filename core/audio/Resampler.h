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

} // namespace melscope
