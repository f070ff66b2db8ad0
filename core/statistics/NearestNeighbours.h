// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "statistics/FeatureMatrix.h"

#include <functional>

namespace melscope {

struct Neighbour
{
    int row = 0;
    double distance = 0.0; ///< Euclidean
};

/// The `count` rows nearest to row `from`, nearest first, without itself and those that `wanted` (where given) refuses. Equal
/// distances in the order of rows. Thread: any.
std::vector<Neighbour> nearestNeighbours(const FeatureMatrix& features, int from, int count, const std::function<bool(int row)>& wanted = {});

/// Every column to mean 0 and standard deviation 1, so that none decides by its unit; constant ones become 0.
FeatureMatrix standardised(const FeatureMatrix& features);

} // namespace melscope
