// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/NearestVectors.h"

#include "dataset/ParallelClips.h"
#include "tokens/NearestVectorsKernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace melscope {

using kernels::nearestLanes;
using kernels::nearestPoints;

NearestVectors::NearestVectors(std::span<const float> vectors, int dim)
    : m_dim(dim), m_count(static_cast<int>(vectors.size()) / dim), m_vectors(vectors.begin(), vectors.end())
{
    const int blocks = (m_count + nearestLanes - 1) / nearestLanes;
    m_blocks.resize(static_cast<size_t>(blocks) * static_cast<size_t>(dim) * nearestLanes);
    m_halves.assign(static_cast<size_t>(blocks) * nearestLanes, std::numeric_limits<float>::max());
    for (int vector = 0; vector < m_count; ++vector) {
        double squares = 0.0;
        for (int d = 0; d < dim; ++d) {
            const float value = m_vectors[static_cast<size_t>(vector * dim + d)];
            squares += static_cast<double>(value) * value;
            m_blocks[static_cast<size_t>((vector / nearestLanes * dim + d) * nearestLanes + vector % nearestLanes)] = value;
        }
        m_halves[static_cast<size_t>(vector)] = static_cast<float>(squares / 2.0);
    }
}

void NearestVectors::find(std::span<const float> points, std::span<int32_t> nearest, std::span<float> distances) const
{
    const auto dim = static_cast<size_t>(m_dim);
    const size_t count = nearest.size();
    std::vector<float> last(nearestPoints * dim); // the last points, filled up to a whole group
    for (size_t first = 0; first < count; first += nearestPoints) {
        const size_t group = std::min<size_t>(nearestPoints, count - first);
        const float* group0 = points.data() + first * dim;
        if (group < nearestPoints) {
            std::copy_n(group0, group * dim, last.begin());
            group0 = last.data();
        }
        std::array<int32_t, nearestPoints> found{};
        kernels::nearestOf(group0, dim, m_blocks.data(), m_halves.data(), m_halves.size() / nearestLanes, found.data());
        for (size_t i = 0; i < group; ++i) {
            nearest[first + i] = found[i];
            distances[first + i] = std::sqrt(
                kernels::squaredDistance(group0 + i * dim, m_vectors.data() + static_cast<size_t>(found[i]) * dim, dim));
        }
    }
}

void forEachPart(int64_t count, int threads, const std::function<void(int64_t, int64_t)>& work)
{
    constexpr int64_t partSize = 6 * 256;
    const int parts = static_cast<int>((count + partSize - 1) / partSize);
    forEachClipInParallel(parts, threads, {}, {}, [&](int part) {
        work(part * partSize, std::min(count, (part + 1) * partSize));
    });
}

} // namespace melscope
