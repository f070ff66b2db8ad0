// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ColourMap.h"

#include <algorithm>

namespace melscope {

/// Value -> index of a colour: `low` and everything below it is 0, `high` and everything above it 255, linear between.
struct ColourScale
{
    float low = -80.0F; ///< in the grid's unit, e.g. dB
    float high = 0.0F;  ///< greater than low

    int index(float value) const
    {
        const float position = (value - low) * (ColourMap::entryCount - 1) / (high - low) + 0.5F;
        // Written so that a value that is not a number becomes 0.
        return position > 0.0F ? static_cast<int>(std::min(position, ColourMap::entryCount - 1.0F)) : 0;
    }
    float value(int index) const { return low + (high - low) * static_cast<float>(index) / (ColourMap::entryCount - 1); }

    bool operator==(const ColourScale&) const = default;
};

} // namespace melscope
