// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Makes the clip longer or shorter at the same pitch (see PhaseVocoder.h). The clip keeps its length, see Placement.
class TimeStretch : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit TimeStretch(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_stretch;
    std::string m_placement;
};

} // namespace melscope
