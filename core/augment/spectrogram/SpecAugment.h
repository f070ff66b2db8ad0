// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Masks of whole frames and whole bands (Park et al. 2019, arXiv 1904.08779), filled with the spectrogram's mean so that
/// a mask is neither loud nor silent. Widths are uniform from 0 to the given maximum.
class SpecAugment : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit SpecAugment(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    int m_timeMasks;
    double m_timeShare; // widest mask, of the frames
    int m_frequencyMasks;
    double m_frequencyShare; // widest mask, of the rows
};

} // namespace melscope
