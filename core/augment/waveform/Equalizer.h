// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"
#include "augment/waveform/Biquad.h"

#include <array>

namespace melscope {

/// An equalizer of seven bands with a random gain each. Bands that the sample rate does not reach draw a gain too, and do
/// nothing.
class Equalizer : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit Equalizer(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

    static constexpr std::array centres{63.0, 160.0, 400.0, 1000.0, 2500.0, 6300.0, 16000.0}; ///< Hz
    using Gains = std::array<double, centres.size()>; ///< dB

    /// Filters that together have these gains at the centres.
    static std::vector<Biquad> sections(const Gains& gains, double sampleRate);

private:
    ParameterRange m_gain; // dB
};

} // namespace melscope
