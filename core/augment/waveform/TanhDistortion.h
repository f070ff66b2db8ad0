// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// tanh(drive * sample / peak), then back to the level (root mean square) the clip had. The drive is drawn evenly in dB.
class TanhDistortion : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit TanhDistortion(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_drive; // dB
};

} // namespace melscope
