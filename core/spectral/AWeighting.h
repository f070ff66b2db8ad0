// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FftPlan.h"

namespace melscope {

/// The A-weighting of IEC 61672-1 at a frequency (Hz, not negative), dB: 0 at 1 kHz, minus infinity at 0 Hz.
double aWeighting(double hz);

/// How loud a clip is to an ear: the A-weighted level of its loudest window, as between-class learning compares clips
/// (Tokozume et al. 2018, arXiv 1711.10282). Windows are Hann, half overlapping, the power of two nearest to 0.1 s.
/// Immutable; level() may be called from several threads at once.
class AWeightedMeter
{
public:
    explicit AWeightedMeter(int sampleRate);

    /// Mean square of the A-weighted samples, dB re full scale: a full-scale sine at 1 kHz has -3.01. Minus infinity for
    /// digital silence and for no samples.
    double level(std::span<const float> samples) const;

private:
    FftPlan m_plan;
    std::vector<float> m_window;
    std::vector<float> m_weights; // per bin, from power to mean square
};

} // namespace melscope
