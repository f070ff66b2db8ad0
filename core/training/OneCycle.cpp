// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/OneCycle.h"

#include <cmath>
#include <numbers>

namespace melscope {
namespace {

double between(double from, double to, double share, OneCycle::Annealing annealing)
{
    if (annealing == OneCycle::Annealing::Linear)
        return from + (to - from) * share;
    return to + (from - to) / 2.0 * (1.0 + std::cos(std::numbers::pi * share));
}

double shareOf(double position, double first, double last)
{
    return last > first ? (position - first) / (last - first) : 1.0;
}

} // namespace

OneCycle::Point OneCycle::at(int64_t step) const
{
    const double position = static_cast<double>(step);
    const double top = warmupShare * static_cast<double>(steps) - 1.0;
    const double end = static_cast<double>(steps) - 1.0;
    const double first = maxRate / divFactor;
    if (position <= top) {
        const double share = shareOf(position, 0.0, top);
        return {.learningRate = between(first, maxRate, share, annealing), .beta1 = between(highBeta1, lowBeta1, share, annealing)};
    }
    const double share = shareOf(position, top, end);
    return {.learningRate = between(maxRate, first / finalDivFactor, share, annealing),
            .beta1 = between(lowBeta1, highBeta1, share, annealing)};
}

} // namespace melscope
