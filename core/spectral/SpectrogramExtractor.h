// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"
#include "spectral/SpectrogramGrid.h"

#include <memory>
#include <span>
#include <stop_token>

namespace melscope {

/// The one way from a waveform to a grid, for previews, caches and training alike. Holds the FFT plan, window and mel rows
/// of one front end. compute() is const and may be called from several threads at once.
class SpectrogramExtractor
{
public:
    explicit SpectrogramExtractor(const FrontEnd& frontEnd);
    ~SpectrogramExtractor();

    const FrontEnd& frontEnd() const;

    /// Mono samples at the front end's rate, any length (at least one frame is returned).
    SpectrogramGrid compute(std::span<const float> samples) const;
    /// Mel power without dB, for reference values; Kaldi front ends throw.
    SpectrogramGrid computePower(std::span<const float> samples) const;

    /// Channels averaged, resampled, and where `fixedLength` padded or cropped to clipLength(): the model's input samples.
    std::vector<float> prepare(const Waveform& waveform, bool fixedLength) const;

private:
    struct Implementation;
    std::unique_ptr<const Implementation> m_implementation;
};

} // namespace melscope
