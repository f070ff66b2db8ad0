// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/TimeWindow.h"
#include "spectrogram/WaveformPyramid.h"

#include <QColor>
#include <QImage>

#include <stop_token>

namespace melscope {

/// Waveform -> picture on a transparent ground, channels above each other: per pixel column a stroke from the smallest
/// to the largest sample, joined to its neighbour; samples at or beyond full scale in `clippedColour`. Thread: any.
struct WaveformRenderer
{
    QColor colour = Qt::black;
    QColor clippedColour = Qt::red;

    /// Returns a null image when asked to stop or when there is nothing to draw.
    QImage render(const Waveform& waveform, const WaveformPyramid& pyramid, const TimeWindow& time, int width, int height,
                  std::stop_token stop = {}) const;
};

} // namespace melscope
