// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Stretches of silence with straight fades inside their two ends; lengths and places are drawn evenly, stretches may overlap.
class TimeMask : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit TimeMask(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    int m_masks;
    ParameterRange m_share; // of the clip
    double m_fade;          // s
};

} // namespace melscope
