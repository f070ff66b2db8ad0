// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A random filter across mel rows, the same in every frame (Nam et al. 2022, FilterAugment, arXiv 2110.03282): random
/// boundaries part the rows into bands; each band (step) or each boundary (linear) gets a weight uniform in -max ... max dB,
/// linear ones joined by straight lines in dB. Too few rows for the narrowest band make bands narrower.
class FilterAugment : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit FilterAugment(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    std::vector<int64_t> drawBoundaries(int mels, RandomStream& random) const; // 0, ..., mels
    std::vector<double> drawWeights(int mels, RandomStream& random) const;     // dB per row

    bool m_step;
    ParameterRange m_bands;
    int m_narrowest;
    double m_maxDb;
};

} // namespace melscope
