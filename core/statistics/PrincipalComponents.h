// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "statistics/FeatureMatrix.h"

#include <functional>
#include <stop_token>

namespace melscope {

struct PrincipalComponents
{
    FeatureMatrix projection;     ///< [row, component], centred; the widest component first
    std::vector<double> explained; ///< [component] share of the variance, in [0, 1]
};

/// Rows on their first `components` principal axes (as many as rows and columns allow), by block power iteration from a fixed
/// start: the same features give the same picture. A component's largest entry is positive. Rows must be finite. Throws
/// Error(Cancelled) when asked to stop. Thread: any.
PrincipalComponents principalComponents(const FeatureMatrix& features, int components, std::stop_token stop = {});

} // namespace melscope
