// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Every sample with the opposite sign. Draws nothing.
class PolarityInversion : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit PolarityInversion(const Json&) {}
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;
};

} // namespace melscope
