// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Gaussian noise, independent for every value, with a standard deviation in dB.
class SpectrogramNoise : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit SpectrogramNoise(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    double m_deviationDb;
};

} // namespace melscope
