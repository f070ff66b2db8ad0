// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Every sample times one factor; the level in dB is drawn evenly from its range.
class Gain : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit Gain(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_gain; // dB
};

} // namespace melscope
