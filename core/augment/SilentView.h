// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"
#include "spectral/SpectrogramGrid.h"

namespace melscope {

/// Whether augmentations took the sound of a clip away: no value of `view` comes within 60 dB of the largest of `clip`, the
/// same clip without augmentations under the same front end. Both with at least one value.
bool isSilent(const SpectrogramGrid& view, const SpectrogramGrid& clip, const FrontEnd& frontEnd);

} // namespace melscope
