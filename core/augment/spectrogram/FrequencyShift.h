// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// All rows moved up or down together by a whole number of mel rows, uniform in -max ... max; the edge row fills what is
/// left behind.
class FrequencyShift : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit FrequencyShift(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    int m_maxRows;
};

} // namespace melscope
