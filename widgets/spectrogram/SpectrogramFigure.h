// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/FrequencyAxis.h"
#include "spectrogram/Spectrogram.h"
#include "spectrogram/TimeWindow.h"

#include <QString>

#include <filesystem>
#include <memory>

class QPainter;
class QRectF;

namespace melscope {

/// A spectrogram as a figure for a paper: title, axes, colour bar, dark on white. A value that a job can own.
struct SpectrogramFigure
{
    std::shared_ptr<const Spectrogram> spectrogram;
    QString title;
    TimeWindow time;
    FrequencyAxis::Scale frequencyScale = FrequencyAxis::Scale::Mel;
    QString colourMap;
    ColourScale scale;

    void paint(QPainter& painter, const QRectF& area) const;
    /// By the ending: .png (2400 x 1350) and .svg the figure, .npy and .csv the numbers of the whole clip. Thread: any.
    /// Throws Error (InvalidValue for another ending, otherwise as writeFileAtomically).
    void save(const std::filesystem::path& path) const;
};

} // namespace melscope
