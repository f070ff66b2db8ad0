// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace melscope {

/// A place between two neighbours: value = (1 - fraction) * values[index] + fraction * values[index + 1].
struct Between
{
    int64_t index = 0;
    float fraction = 0.0f; ///< [0, 1]
};

/// Fractional positions in 0 ... size-1 as neighbours; positions outside are moved to the nearest end. size: at least 2.
std::vector<Between> between(const std::vector<double>& positions, int64_t size);

/// out[i] = the value at places[i]; `values` and `out` are apart.
void interpolate(std::span<const float> values, const std::vector<Between>& places, std::span<float> out);

} // namespace melscope
