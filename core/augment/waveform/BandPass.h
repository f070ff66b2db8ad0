// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A Butterworth band-pass filter whose centre is drawn evenly in ratios, its width evenly in octaves.
class BandPass : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit BandPass(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_centre; // Hz
    ParameterRange m_width;  // octaves
    int m_order;
};

} // namespace melscope
