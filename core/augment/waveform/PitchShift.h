// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Moves the pitch by a drawn number of semitones and keeps the length: resampled, then stretched back (see PhaseVocoder.h).
class PitchShift : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit PitchShift(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_semitones;
};

} // namespace melscope
