// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

#include <vector>

namespace melscope {

/// One triangle of a mel filterbank, without its zeros.
struct MelRow
{
    int firstBin = 0;
    std::vector<float> weights; ///< of bins firstBin, firstBin + 1, ...; empty where no bin falls into the triangle
};

/// The rows of a front end, lowest first; bin k lies at k * sampleRate / nFft. Mel front ends have triangles that are
/// linear in Hz (torchaudio's melscale_fbanks, librosa's filters.mel), Kaldi ones triangles linear in mel over the bins
/// below Nyquist.
std::vector<MelRow> melFilterbank(const FrontEnd& frontEnd);

} // namespace melscope
