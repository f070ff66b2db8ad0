// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Statistics.h"

#include <cstdint>
#include <span>

namespace melscope {

/// What the clips of one source recording add to a mean.
struct ClusterSum
{
    double sum = 0.0;
    int count = 0; ///< clips
};

inline constexpr int bootstrapResamples = 4000;

/// 95 % interval of sum / count by drawing whole clusters with replacement (Efron's percentiles; Davison and Hinkley 1997, 3.8).
/// Clips cut from one recording are alike, so drawing clips one by one would call the figure surer than it is. The same seed gives
/// the same interval. No cluster: [0, 1].
Interval clusteredBootstrap(std::span<const ClusterSum> clusters, int resamples = bootstrapResamples, uint64_t seed = 0);

} // namespace melscope
