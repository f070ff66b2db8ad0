// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"
#include "spectral/SpectrogramGrid.h"
#include "spectrogram/ColourScale.h"

#include <QString>

namespace melscope {

/// A grid with what is needed to draw and label it. Immutable once shared.
struct Spectrogram
{
    SpectrogramGrid grid;
    FrontEnd frontEnd;      ///< how it was computed
    ColourScale autoScale;  ///< a range that shows this grid well
    QString unit;           ///< of the values: "dB", "ln" (Kaldi), "sd" (normalised)
    quint64 request = 0;    ///< number of the request that asked for it; grows
    bool isDifference = false; ///< zero means no change: where values share a pixel, the farthest from zero is drawn
};

/// As the front end made it, with its unit and a range of 80 dB below the highest value.
Spectrogram describe(SpectrogramGrid grid, const FrontEnd& frontEnd, quint64 request);

/// From the highest value down by `range`, but not below the lowest.
ColourScale scaleBelowPeak(const SpectrogramGrid& grid, float range);

} // namespace melscope
