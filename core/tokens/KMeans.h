// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace melscope {

struct KMeansSettings
{
    int clusters = 256;
    int iterations = 25;    ///< at most; ends earlier where the mean distance falls by less than 0.1 % in one
    bool spherical = false; ///< centroids are brought to unit length: for points that have it
    uint64_t seed = 0;
    int threads = 1;
};

struct KMeansResult
{
    std::vector<float> centroids; ///< [cluster, dim]
    double meanDistance = 0.0;    ///< of a point to its centroid
    int iterations = 0;           ///< that were done
};

/// Lloyd's iteration on all points, from centroids that k-means++ draws (Arthur and Vassilvitskii 2007; among at most 32
/// points a cluster). A cluster that ran empty goes on from the point that is farthest from its own. On one kind of CPU equal seeds
/// give equal bits for any number of threads. progress(iterations done, at most) is called on the calling thread. Blocks. Throws
/// Error(InvalidValue) where there are fewer points than clusters, Error(Cancelled).
KMeansResult kMeans(std::span<const float> points, int dim, const KMeansSettings& settings, std::stop_token stop = {},
                    const std::function<void(int done, int total)>& progress = {});

} // namespace melscope
