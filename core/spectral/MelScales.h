// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

namespace melscope {

/// Hz to mel and back. HTK: 2595 log10(1 + f/700), which up to a factor is Kaldi's 1127 ln(1 + f/700) and serves both.
/// Slaney: linear below 1000 Hz, then 27 steps per factor 6.4 (Auditory Toolbox, librosa's default).
double melOfFrequency(double hz, FrontEnd::MelScale scale);
double frequencyOfMel(double mel, FrontEnd::MelScale scale);
/// Rounded to single precision at every step, as torchaudio computes it.
float frequencyOfMel(float mel, FrontEnd::MelScale scale);

} // namespace melscope
