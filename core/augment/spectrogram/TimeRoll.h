// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Cyclic shift along time by a uniformly drawn number of frames: what leaves at the end returns at the beginning.
class TimeRoll : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit TimeRoll(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    double m_maxShare; // of the clip
};

} // namespace melscope
