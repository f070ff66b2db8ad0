// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/TSneForces.h"

#include "base/PerCpu.h"

namespace melscope::kernels {

MELSCOPE_PER_CPU
Repulsion repulsion(const float* xs, const float* ys, size_t count, float x, float y)
{
    float weights = 0.0F, forceX = 0.0F, forceY = 0.0F;
    for (size_t i = 0; i < count; ++i) {
        const float dx = x - xs[i];
        const float dy = y - ys[i];
        const float weight = 1.0F / (1.0F + dx * dx + dy * dy);
        weights += weight;
        forceX += weight * weight * dx;
        forceY += weight * weight * dy;
    }
    return {weights, forceX, forceY};
}

MELSCOPE_PER_CPU
float squaredDistance(const float* a, const float* b, size_t count)
{
    float sum = 0.0F;
    for (size_t i = 0; i < count; ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

} // namespace melscope::kernels
