// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A gain that moves linearly in dB from the first frame to the last (Niizumi et al. 2023, BYOL-A, arXiv 2204.07402); both ends
/// are uniform in -max ... max dB.
class LinearFader : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit LinearFader(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    double m_maxDb;
};

} // namespace melscope
