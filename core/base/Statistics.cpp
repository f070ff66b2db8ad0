// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace melscope {

Interval wilsonInterval(int correct, int count)
{
    return wilsonIntervalOfShare(count > 0 ? static_cast<double>(correct) / count : 0.0, count);
}

Interval wilsonIntervalOfShare(double share, int count)
{
    if (count <= 0)
        return {.low = 0.0, .high = 1.0};
    constexpr double z = 1.959963984540054; // 97.5 % quantile of the normal distribution
    const double n = count;
    const double scale = 1.0 + z * z / n;
    const double centre = (share + z * z / (2.0 * n)) / scale;
    const double reach = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n)) / scale;
    return {.low = std::max(0.0, centre - reach), .high = std::min(1.0, centre + reach)};
}

MeanAndDeviation meanAndDeviation(std::span<const double> values)
{
    const auto n = static_cast<double>(values.size());
    MeanAndDeviation result{.mean = std::numeric_limits<double>::quiet_NaN(), .deviation = std::numeric_limits<double>::quiet_NaN()};
    if (values.empty())
        return result;
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    if (values.size() < 2)
        return result;
    double squares = 0.0;
    for (const double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.deviation = std::sqrt(squares / (n - 1.0));
    return result;
}

} // namespace melscope
