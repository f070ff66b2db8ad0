// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/ClusteredBootstrap.h"

#include "base/RandomStream.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace melscope {
namespace {

/// Between the two values that surround it, as NumPy's percentile.
double quantile(const std::vector<double>& sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

} // namespace

Interval clusteredBootstrap(std::span<const ClusterSum> clusters, int resamples, uint64_t seed)
{
    if (clusters.empty() || resamples < 1)
        return {.low = 0.0, .high = 1.0};
    RandomStream random({.seed = seed});
    std::vector<double> means;
    means.reserve(static_cast<size_t>(resamples));
    const auto size = static_cast<int64_t>(clusters.size());
    for (int resample = 0; resample < resamples; ++resample) {
        double sum = 0.0;
        int64_t count = 0;
        for (int64_t i = 0; i < size; ++i) {
            const ClusterSum& drawn = clusters[static_cast<size_t>(random.below(size))];
            sum += drawn.sum;
            count += drawn.count;
        }
        if (count > 0)
            means.push_back(sum / static_cast<double>(count));
    }
    if (means.empty())
        return {.low = 0.0, .high = 1.0};
    std::sort(means.begin(), means.end());
    return {.low = quantile(means, 0.025), .high = quantile(means, 0.975)};
}

} // namespace melscope
