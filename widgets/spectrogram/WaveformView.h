// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/TimelinePlot.h"
#include "spectrogram/WaveformPyramid.h"

#include <memory>

namespace melscope {

/// A clip's samples over time, channels above each other; clipped stretches in red.
class WaveformView : public TimelinePlot
{
    Q_OBJECT

public:
    explicit WaveformView(Timeline& timeline, QWidget* parent = nullptr);
    ~WaveformView() override;

    /// Null shows nothing.
    void setWaveform(std::shared_ptr<const Waveform> waveform, std::shared_ptr<const WaveformPyramid> pyramid);
    QSize sizeHint() const override;

protected:
    PictureTask pictureTask(QSize devicePixels) override;
    void paintGutter(QPainter& painter, const QRect& gutter) override;

private:
    std::shared_ptr<const Waveform> m_waveform;
    std::shared_ptr<const WaveformPyramid> m_pyramid;
};

} // namespace melscope
