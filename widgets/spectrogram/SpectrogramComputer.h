// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"
#include "spectral/SpectrogramExtractor.h"
#include "spectrogram/Normalisation.h"
#include "spectrogram/Spectrogram.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace melscope {

/// What to compute of a clip.
struct SpectrogramRequest
{
    quint64 number = 0;
    FrontEnd frontEnd;
    /// The model's eye: padded or cropped to the front end's length and normalised, by the clip's own mean and standard
    /// deviation where no normalisation is known.
    bool modelsEye = false;
    std::optional<Normalisation> normalisation;
};

/// Computes spectrograms one after the other and remembers what the next one may need again: the samples at the front
/// end's rate, the extractor. Used by one worker at a time; never by two.
class SpectrogramComputer
{
public:
    /// Null when asked to stop. Throws Error.
    std::shared_ptr<const Spectrogram> compute(const std::shared_ptr<const Waveform>& waveform,
                                               const SpectrogramRequest& request, std::stop_token stop);

private:
    const std::vector<float>& prepared(const std::shared_ptr<const Waveform>& waveform, const FrontEnd& frontEnd,
                                       bool fixedLength);

    std::unique_ptr<SpectrogramExtractor> m_extractor;
    std::shared_ptr<const Waveform> m_waveform; // of m_samples
    int m_sampleRate = 0;
    SampleIndex m_fixedLength = 0; // 0: the clip's own
    std::vector<float> m_samples;
};

} // namespace melscope
