// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/RandomStream.h"
#include "spectral/SpectrogramGrid.h"

namespace melscope {

/// Mean of all values, what hidden places are filled with: neither loud nor silent. 0 for an empty grid.
float meanValue(const SpectrogramGrid& grid);

/// Neighbouring rows or frames.
struct Stretch
{
    int64_t first = 0;
    int64_t count = 0;
};

/// Length uniform in 0 ... widestShare * size (rounded down), then place uniform among those inside 0 ... size-1.
Stretch drawStretch(int64_t size, double widestShare, RandomStream& random);

} // namespace melscope
