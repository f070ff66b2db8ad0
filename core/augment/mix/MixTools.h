// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"
#include "base/RandomStream.h"

#include <vector>

namespace melscope {

/// "alpha" of the Beta(alpha, alpha) that shares are drawn from.
Parameter mixAlphaParameter(double defaultValue);

/// values = own * values + other * partner, both of equal length.
void blend(std::vector<float>& values, const std::vector<float>& partner, double own, double other);

/// Which of `size` rows or frames CutMix takes from the partner: 1 - Beta(alpha, alpha) of them, rounded, anywhere.
struct CutMixStretch
{
    int64_t first = 0;
    int64_t count = 0;
    double ownShare = 1.0; ///< of all rows or frames, exactly: 1 - count / size
};
CutMixStretch drawCutMix(int64_t size, double alpha, RandomStream& random);

} // namespace melscope
