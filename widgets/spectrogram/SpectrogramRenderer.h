// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/SpectrogramGrid.h"
#include "spectrogram/ColourScale.h"
#include "spectrogram/ViewGeometry.h"

#include <QImage>

#include <stop_token>

namespace melscope {

/// Grid -> picture. Where several frames or rows share a pixel the loudest is drawn, or of differences the farthest from zero,
/// so that no peak is lost; where one spans several pixels it is drawn as a block, never smeared. Thread: any; no state.
class SpectrogramRenderer
{
public:
    static constexpr int widest = 32767; ///< pixels; QImage draws wrongly beyond

    enum class Merge { Loudest, FarthestFromZero }; ///< of values that share a pixel

    const ColourMap& map;
    ColourScale scale;
    Merge merge = Merge::Loudest;

    /// A picture of geometry.width x geometry.height pixels (rounded, limited to `widest`). Times at which the grid has
    /// no frame stay transparent. Returns a null image when asked to stop.
    QImage render(const SpectrogramGrid& grid, const ViewGeometry& geometry, std::stop_token stop = {}) const;
};

} // namespace melscope
