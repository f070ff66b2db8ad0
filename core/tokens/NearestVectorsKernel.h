// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace melscope::kernels {

constexpr int nearestLanes = 16;  ///< vectors in a block
constexpr int nearestPoints = 6;  ///< points at once

/// For `nearestPoints` points [point, dim]: which of blocks x nearestLanes vectors has the largest product with it, less
/// `halves`. Of equal ones the first.
void nearestOf(const float* points, size_t dim, const float* blockedVectors, const float* halves, size_t blocks, int32_t* nearest);

/// Of squared differences.
float squaredDistance(const float* a, const float* b, size_t dim);

} // namespace melscope::kernels
