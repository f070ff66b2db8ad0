// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/demo/SoundTools.h"

namespace melscope::demo {

/// One foreground sound each, a whole clip long, at any level. `family` draws what the takes of one source share
/// (the same dog, the same shoes on the same ground), `take` what differs between them.
Samples rain(RandomStream& family, RandomStream& take);
Samples seaWaves(RandomStream& family, RandomStream& take);
Samples wind(RandomStream& family, RandomStream& take);
Samples cracklingFire(RandomStream& family, RandomStream& take);
Samples footsteps(RandomStream& family, RandomStream& take);
Samples clockTick(RandomStream& family, RandomStream& take);
Samples churchBells(RandomStream& family, RandomStream& take);
Samples dog(RandomStream& family, RandomStream& take);
Samples chirpingBirds(RandomStream& family, RandomStream& take);
Samples crickets(RandomStream& family, RandomStream& take);

} // namespace melscope::demo
