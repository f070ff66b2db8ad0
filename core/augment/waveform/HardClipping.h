// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// What is beyond a ceiling is cut off. The ceiling is drawn evenly in dB below the clip's own peak, so a soft recording is
/// clipped as much as a loud one.
class HardClipping : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit HardClipping(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_depth; // dB
};

} // namespace melscope
