// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Peaks and dips at random places, of random height and width: a smooth frequency response, never the same twice.
class RandomFilter : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit RandomFilter(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    int m_bands;
    ParameterRange m_gain;  // dB
    ParameterRange m_width; // octaves
};

} // namespace melscope
