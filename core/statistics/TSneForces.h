// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace melscope::kernels {

/// What all points push a point at (x, y) away with, before it is divided by the sum of all weights.
struct Repulsion
{
    float weights = 0.0F; ///< sum of 1 / (1 + distance^2), the point's own weight of 1 included
    float x = 0.0F;
    float y = 0.0F;
};

Repulsion repulsion(const float* xs, const float* ys, size_t count, float x, float y);

/// Squared Euclidean distance.
float squaredDistance(const float* a, const float* b, size_t count);

} // namespace melscope::kernels
