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
};

} // namespace melscope
