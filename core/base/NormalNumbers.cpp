// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/NormalNumbers.h"

#include "base/FastLog2.h"
#include "base/PerCpu.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace melscope {

// In blocks, so that hashing and arithmetic each fill the CPU's registers.
MELSCOPE_PER_CPU
void fillNormals(uint64_t key, uint64_t counter, std::span<float> values)
{
    constexpr size_t block = 512;
    uint32_t radii[block];
    int32_t angles[block];
    float cosines[block];
    float sines[block];
    const size_t half = (values.size() + 1) / 2;
    for (size_t first = 0; first < half; first += block) {
        const size_t count = std::min(block, half - first);
        for (size_t i = 0; i < count; ++i) {
            const uint64_t bits = randomBits(key, counter + first + i + 1);
            radii[i] = static_cast<uint32_t>(bits) >> 1;
            angles[i] = static_cast<int32_t>(bits >> 32);
        }
        for (size_t i = 0; i < count; ++i) {
            const float uniform = (static_cast<float>(static_cast<int32_t>(radii[i])) + 0.5f) * 0x1p-31f; // (0, 1]
            const float length = std::sqrt(-2.0f * std::numbers::ln2_v<float> * fastLog2(uniform));
            // The series hold up to pi/4; doubled, the angle covers half a circle, a sign (the lowest bit) the other half.
            const float angle = static_cast<float>(angles[i]) * (std::numbers::pi_v<float> / 4 * 0x1p-31f);
            const float square = angle * angle;
            const float sine = angle * (1.0f + square * (-1.0f / 6 + square * (1.0f / 120 - square * (1.0f / 5040))));
            const float cosine = 1.0f + square * (-1.0f / 2 + square * (1.0f / 24 + square * (-1.0f / 720 + square * (1.0f / 40320))));
            const uint32_t sign = static_cast<uint32_t>(angles[i]) << 31;
            const float radius = std::bit_cast<float>(std::bit_cast<uint32_t>(length) ^ sign);
            cosines[i] = radius * (cosine * cosine - sine * sine);
            sines[i] = radius * (2.0f * sine * cosine);
        }
        std::copy_n(cosines, count, values.begin() + static_cast<ptrdiff_t>(first));
        const size_t start = half + first; // one short of half remain where the size is odd
        std::copy_n(sines, std::min(count, values.size() - start), values.begin() + static_cast<ptrdiff_t>(start));
    }
}

} // namespace melscope
