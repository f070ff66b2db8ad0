// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Rectangles of time and frequency (DeVries and Taylor 2017, arXiv 1708.04552), filled with the spectrogram's mean. Sides
/// are uniform from 0 to the given maximum, places uniform; rectangles may overlap.
class Cutout : public SpectrogramAugmentation
{
public:
    static AugmentationInfo info();
    explicit Cutout(const Json& values);
    void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const override;

private:
    int m_rectangles;
    double m_timeShare;      // longest side, of the frames
    double m_frequencyShare; // highest side, of the rows
};

} // namespace melscope
