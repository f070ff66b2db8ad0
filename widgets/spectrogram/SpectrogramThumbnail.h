// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/Spectrogram.h"

#include <QImage>

namespace melscope {

inline constexpr QSize thumbnailSize{256, 128}; ///< device pixels

/// The whole spectrogram as a small picture in magma. Thread: any.
QImage drawThumbnail(const SpectrogramGrid& grid, const FrontEnd& frontEnd, ColourScale scale);

} // namespace melscope
