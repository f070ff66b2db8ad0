// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// SpecAugment's time warp (Park et al. 2019, arXiv 1904.08779): a moment, drawn at least twice max_share from either end,
/// moves by a distance uniform in -max_share ... max_share of the clip. Both ends stay; at share t of the way from an end to
/// the moment a frame moves by t + t^2 - t^3 of its distance: smoothly, in order, and nowhere farther. Values between frames
/// are linear.
class TimeWarp : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit TimeWarp(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    double m_maxShare; // of the clip
};

} // namespace melscope
