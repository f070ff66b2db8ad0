// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace melscope {

struct Interval
{
    double low = 0.0;
    double high = 0.0;
};

/// Wilson's score interval for `correct` of `count` (Wilson 1927), 95 %. count 0 gives [0, 1].
Interval wilsonInterval(int correct, int count);

/// The same for a share that need not be a whole number of clips (a mean over seeds).
Interval wilsonIntervalOfShare(double share, int count);

struct MeanAndDeviation
{
    double mean = 0.0;
    double deviation = 0.0; ///< sample standard deviation (n - 1); NaN for fewer than two values
};

MeanAndDeviation meanAndDeviation(std::span<const double> values);

} // namespace melscope
