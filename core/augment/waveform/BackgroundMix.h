// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Another clip of the dataset, added at a signal-to-noise ratio drawn evenly in dB; both levels are root mean squares over the
/// whole clips. Nothing happens where either is silent or there is no other clip.
class BackgroundMix : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit BackgroundMix(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_snr; // dB
};

} // namespace melscope
