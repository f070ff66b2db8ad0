// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace melscope {

/// Two classifiers on the same clips, clip by clip.
struct PairedCounts
{
    int both = 0;       ///< right
    int onlyFirst = 0;
    int onlySecond = 0;
    int neither = 0;

    int count() const { return both + onlyFirst + onlySecond + neither; }
    bool operator==(const PairedCounts&) const = default;
};

/// McNemar's exact test, two-sided: how likely the clips that only one of two equally good classifiers gets right would divide at
/// least as unevenly. In (0, 1]; 1 where there are none.
double mcnemarExact(int onlyFirst, int onlySecond);

} // namespace melscope
