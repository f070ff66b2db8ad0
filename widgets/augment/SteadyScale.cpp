// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/SteadyScale.h"

#include "augment/Augmentation.h"

#include <cmath>

namespace melscope {
namespace {

constexpr double visibleRangeDb = 80.0;
constexpr double stepDb = 10.0;

} // namespace

ColourScale steadyScale(float peak, const FrontEnd& frontEnd)
{
    const double decibel = unitsPerDecibel(frontEnd);
    const double high = std::ceil(static_cast<double>(peak) / decibel / stepDb) * stepDb;
    return {static_cast<float>((high - visibleRangeDb) * decibel), static_cast<float>(high * decibel)};
}

} // namespace melscope
