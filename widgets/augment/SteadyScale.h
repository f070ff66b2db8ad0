// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"
#include "spectrogram/ColourScale.h"

namespace melscope {

/// 80 dB below the next full 10 dB above `peak`, all in the front end's unit: steady while values change a little.
ColourScale steadyScale(float peak, const FrontEnd& frontEnd);

} // namespace melscope
