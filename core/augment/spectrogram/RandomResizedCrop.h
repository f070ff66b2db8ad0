// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A random rectangle of time and frequency, stretched to the whole grid (bilinear, corners on corners), after BYOL-A
/// (Niizumi et al. 2021, arXiv 2103.06695). Its sides are uniform in the given shares of the grid's. A side within the grid
/// lies anywhere inside; one that exceeds it contains the grid anywhere, and the rest has the spectrogram's mean. The frames
/// inside have at least the share least_energy of the energy of all frames (see CropLimit), whatever the rows.
class RandomResizedCrop : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit RandomResizedCrop(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    ParameterRange m_time;      // shares of the frames
    ParameterRange m_frequency; // shares of the rows
    double m_minEnergy;         // share of all frames'
};

} // namespace melscope
