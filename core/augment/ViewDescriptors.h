// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/SpectrogramGrid.h"

#include <vector>

namespace melscope {

/// What can be told of a view without any learning: the shortcuts that an encoder finds first. An encoder learns at once to
/// disregard the level and the place in time, so neither may hide a shortcut.
struct ViewDescriptors
{
    std::vector<float> bands;    ///< [band] mean over time less the mean over all rows: at most 64 bands, of neighbouring mel rows. No gain changes it
    /// [cycle] logarithm of how much the mean over all rows swings at 1, 2, ... at most 48 cycles a clip (the Fourier amplitudes of
    /// the temporal envelope). No cyclic shift changes it.
    std::vector<float> envelope;
};

/// Grid in dB or logarithms, with at least one value.
ViewDescriptors describeView(const SpectrogramGrid& grid);

} // namespace melscope
