// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A Butterworth low-pass filter whose cut-off is drawn evenly in ratios.
class LowPass : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit LowPass(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_cutOff; // Hz
    int m_order;
};

} // namespace melscope
