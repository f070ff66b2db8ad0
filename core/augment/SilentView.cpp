// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/SilentView.h"

#include "augment/Augmentation.h"

#include <algorithm>

namespace melscope {
namespace {

constexpr double audibleRangeDb = 60.0;

} // namespace

bool isSilent(const SpectrogramGrid& view, const SpectrogramGrid& clip, const FrontEnd& frontEnd)
{
    const double fall = std::ranges::max(clip.values) - std::ranges::max(view.values);
    return fall > audibleRangeDb * unitsPerDecibel(frontEnd);
}

} // namespace melscope
