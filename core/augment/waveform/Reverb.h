// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Convolution with a room's impulse response that is drawn anew each time: the direct sound, single early reflections, and
/// noise that decays exponentially (J. D. Polack's model of a diffuse field). The response has energy 1, so the loudness of
/// steady sounds stays.
class Reverb : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit Reverb(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    std::vector<float> drawResponse(int sampleRate, size_t longest, RandomStream& random) const;

    ParameterRange m_rt60;        // s
    ParameterRange m_directRatio; // dB
    int m_reflections;
};

} // namespace melscope
