// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A stretch of time, over all bands, comes from the partner (CutMix, Yun et al. 2019, arXiv 1905.04899, along time).
/// Its width is 1 - Beta(alpha, alpha) of all frames, its place uniform; the label's share is the area that stays, exactly.
class CutMixTime : public SpectrogramMixing
{
public:
    static AugmentationInfo info();
    explicit CutMixTime(const Json& values);
    double mix(SpectrogramGrid& grid, const SpectrogramGrid& partner, RandomStream& random) const override;

private:
    double m_alpha;
};

} // namespace melscope
