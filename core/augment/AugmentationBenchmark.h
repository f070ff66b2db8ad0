// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

struct AugmentationSpeed
{
    double clipsPerSecond = 0.0;
    double inLogMels = 0.0; ///< the same in units of the log-mel's clips/s
};

/// One thread, default parameters, 5 s clips of noise at 44.1 kHz or their log-mel with the "esc" front end: how fast the change
/// alone is, of a clip that lies in memory. In five turns with the log-mel of that clip, so that a machine that is busy or warms
/// up slows both; medians over the turns. `clips`, at least 1, is how often each is done in all. Blocks; not for the GUI thread.
AugmentationSpeed measureAugmentationSpeed(const AugmentationInfo& info, int clips);

} // namespace melscope
