// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Every n-th sample held, then rounded to 2^bits - 1 levels, evenly spaced from -peak to peak of the clip; one of them is 0.
class BitCrush : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit BitCrush(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_bits;
    ParameterRange m_hold; // samples
};

} // namespace melscope
