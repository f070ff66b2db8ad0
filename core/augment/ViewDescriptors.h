// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/SpectrogramGrid.h"

#include <vector>

namespace melscope {

/// What can be told of a view without any learning: the shortcuts that an encoder finds first.
struct ViewDescriptors
{
    std::vector<float> bands;    ///< [band] mean over time: at most 64 bands, of neighbouring mel rows
    std::vector<float> envelope; ///< [bin] mean over all mel rows, less its own mean over time: at most 48 bins, of neighbouring frames
};

/// Grid in dB or logarithms, with at least one value.
ViewDescriptors describeView(const SpectrogramGrid& grid);

} // namespace melscope
