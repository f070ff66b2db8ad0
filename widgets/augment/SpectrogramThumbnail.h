// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/Spectrogram.h"

#include <QImage>

namespace melscope {

inline constexpr QSize thumbnailSize{256, 128}; ///< device pixels

/// The whole spectrogram as a small picture in magma. Thread: any.
QImage drawThumbnail(const SpectrogramGrid& grid, const FrontEnd& frontEnd, ColourScale scale);

/// 80 dB below the next full 10 dB above `peak`, all in the front end's unit: steady while values change a little.
ColourScale steadyScale(float peak, const FrontEnd& frontEnd);

} // namespace melscope
