// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"
#include "augment/waveform/ColouredNoise.h"

#include <optional>

namespace melscope {

/// Gaussian noise at a signal-to-noise ratio drawn evenly in dB; both levels are root mean squares over the whole clip. A silent
/// clip stays silent.
class AdditiveNoise : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit AdditiveNoise(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    std::optional<NoiseColour> m_colour; // none: drawn
    ParameterRange m_snr;                // dB
};

} // namespace melscope
