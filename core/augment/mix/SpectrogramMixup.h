// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Mixup (Zhang et al. 2018, arXiv 1710.09412) on the spectrogram's values, which are logarithms: x = share x1 + (1 - share) x2,
/// share ~ Beta(alpha, alpha). Needs no samples.
class SpectrogramMixup : public SpectrogramMixing
{
public:
    static AugmentationInfo info();
    explicit SpectrogramMixup(const Json& values);
    double mix(SpectrogramGrid& grid, const SpectrogramGrid& partner, RandomStream& random) const override;

private:
    double m_alpha;
};

} // namespace melscope
