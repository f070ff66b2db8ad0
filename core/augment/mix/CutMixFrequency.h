// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A band, over all frames, comes from the partner (CutMix, Yun et al. 2019, arXiv 1905.04899, along frequency).
/// Its width is 1 - Beta(alpha, alpha) of all rows, its place uniform; the label's share is the area that stays, exactly.
class CutMixFrequency : public SpectrogramMixing
{
public:
    static AugmentationInfo info();
    explicit CutMixFrequency(const Json& values);
    double mix(SpectrogramGrid& grid, const SpectrogramGrid& partner, RandomStream& random) const override;

private:
    double m_alpha;
};

} // namespace melscope
