// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace melscope {

/// Finds the nearest of a fixed set of vectors (Euclidean) for many points at once; of equally near ones the first. What it finds for a
/// point does not depend on the points beside it. Immutable; find() may be called from several threads at once.
class NearestVectors
{
public:
    /// vectors: [count, dim], at least one.
    NearestVectors(std::span<const float> vectors, int dim);

    /// points: [n, dim] -> nearest [n], distances [n] (Euclidean, not squared).
    void find(std::span<const float> points, std::span<int32_t> nearest, std::span<float> distances) const;

private:
    int m_dim;
    int m_count;
    std::vector<float> m_vectors; // [count, dim]
    std::vector<float> m_blocks;  // [block of lanes, dim, lane]: what the kernel reads
    std::vector<float> m_halves;  // [block of lanes, lane]: half the squared length; huge for the lanes beyond the last vector
};

/// Calls work(begin, end) for parts of 0 ... count-1 of a fixed size on `threads` threads, all of them before it returns.
void forEachPart(int64_t count, int threads, const std::function<void(int64_t begin, int64_t end)>& work);

} // namespace melscope
