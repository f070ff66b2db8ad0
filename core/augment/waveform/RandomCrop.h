// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A stretch of the clip, from a random place, moved to a random place; the rest is silence. Where it was cut it fades over up
/// to 5 ms, so that no click tells. Before it fades it has at least the share least_energy of the clip's energy (the sum of squared
/// samples, see CropLimit).
class RandomCrop : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit RandomCrop(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_share; // of the clip
    double m_minEnergy;     // share of the clip's
};

} // namespace melscope
