// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/NearestVectorsKernel.h"

#include "base/PerCpu.h"

#include <cstring>
#include <limits>

namespace melscope::kernels {
namespace {

using Lanes = float __attribute__((vector_size(nearestLanes * sizeof(float))));
using LaneIndices = int32_t __attribute__((vector_size(nearestLanes * sizeof(int32_t))));

} // namespace

// Six accumulators of sixteen lanes fit the registers of AVX2 and AVX-512 alike.
MELSCOPE_PER_CPU
void nearestOf(const float* points, size_t dim, const float* blockedVectors, const float* halves, size_t blocks, int32_t* nearest)
{
    Lanes best[nearestPoints];
    LaneIndices bestBlock[nearestPoints];
    for (int point = 0; point < nearestPoints; ++point) {
        best[point] = Lanes{} + std::numeric_limits<float>::infinity();
        bestBlock[point] = LaneIndices{};
    }
    for (size_t block = 0; block < blocks; ++block) {
        Lanes products[nearestPoints] = {};
        const float* vectors = blockedVectors + block * dim * nearestLanes;
        for (size_t d = 0; d < dim; ++d) {
            Lanes values;
            std::memcpy(&values, vectors + d * nearestLanes, sizeof values);
            for (int point = 0; point < nearestPoints; ++point)
                products[point] += points[static_cast<size_t>(point) * dim + d] * values;
        }
        Lanes half;
        std::memcpy(&half, halves + block * nearestLanes, sizeof half);
        for (int point = 0; point < nearestPoints; ++point) {
            const Lanes distance = half - products[point]; // half the squared distance, less what all vectors share
            const LaneIndices nearer = distance < best[point];
            best[point] = nearer ? distance : best[point];
            bestBlock[point] = nearer ? LaneIndices{} + static_cast<int32_t>(block) : bestBlock[point];
        }
    }
    for (int point = 0; point < nearestPoints; ++point) {
        float smallest = std::numeric_limits<float>::infinity();
        nearest[point] = 0;
        for (int lane = 0; lane < nearestLanes; ++lane) {
            const int32_t index = bestBlock[point][lane] * nearestLanes + lane;
            if (best[point][lane] < smallest || (best[point][lane] == smallest && index < nearest[point])) {
                smallest = best[point][lane];
                nearest[point] = index;
            }
        }
    }
}

MELSCOPE_PER_CPU
float squaredDistance(const float* a, const float* b, size_t dim)
{
    Lanes sums{};
    size_t d = 0;
    for (; d + nearestLanes <= dim; d += nearestLanes) {
        Lanes x, y;
        std::memcpy(&x, a + d, sizeof x);
        std::memcpy(&y, b + d, sizeof y);
        sums += (x - y) * (x - y);
    }
    float sum = 0.0f;
    for (int lane = 0; lane < nearestLanes; ++lane)
        sum += sums[lane];
    for (; d < dim; ++d)
        sum += (a[d] - b[d]) * (a[d] - b[d]);
    return sum;
}

} // namespace melscope::kernels
