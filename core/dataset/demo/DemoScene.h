// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/demo/SoundTools.h"

namespace melscope::demo {

/// Sets a foreground into a place as a recording would: background noise (traffic, air, hum) of the place that `family`
/// draws, the colour of its microphone, and a level that `take` draws (peak -20 to -1 dB).
void recordInPlace(Samples& foreground, RandomStream& family, RandomStream& take);

} // namespace melscope::demo
