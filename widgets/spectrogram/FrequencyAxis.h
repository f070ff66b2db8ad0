// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

#include <vector>

namespace melscope {

/// Where a frequency stands on the vertical axis, and which row of the grid is there.
class FrequencyAxis
{
public:
    enum class Scale { Mel, Linear, Logarithmic }; ///< Mel: every row of the grid equally high

    explicit FrequencyAxis(const FrontEnd& frontEnd = {}, Scale scale = Scale::Mel);

    double lowestHz() const { return m_lowest; }
    double highestHz() const { return m_highest; }

    double positionOfHz(double hz) const;       ///< 0 at the bottom, 1 at the top; outside the axis beyond them
    double hzOfPosition(double position) const;
    double rowOfPosition(double position) const; ///< fractional; row i reaches from i to i + 1
    const FrontEnd& frontEnd() const { return m_frontEnd; }

    /// Round frequencies for labels, lowest first, with at least `spacing` (share of the axis) between them.
    std::vector<double> ticks(double spacing) const;

private:
    FrontEnd m_frontEnd;
    Scale m_scale;
    double m_lowest = 0.0;
    double m_highest = 0.0;
};

} // namespace melscope
