// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/RandomStream.h"

#include <cstddef>
#include <string>
#include <vector>

namespace melscope {

/// By the slope of the power spectrum: 0, -3, -6, +3, +6 dB an octave.
enum class NoiseColour { White, Pink, Brown, Blue, Violet };

/// "white", "pink", ... in the order of the enum.
const std::vector<std::string>& noiseColourNames();

/// Gaussian noise of that colour, at any level. Up to half the sample rate (Hz) it keeps its slope within 0.2 dB: pink and blue
/// from 20 Hz, brown and violet, which level off below 20 Hz, from 100 Hz. Made by recursive filters whose state at the
/// beginning is that at the end, so the noise neither starts from nothing nor knows where the clip begins.
std::vector<float> colouredNoise(NoiseColour colour, size_t count, int sampleRate, RandomStream& random);

} // namespace melscope
