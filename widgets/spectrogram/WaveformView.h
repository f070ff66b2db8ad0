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

    /// Null shows nothing. `request` is what painted() tells.
    void setWaveform(std::shared_ptr<const Waveform> waveform, std::shared_ptr<const WaveformPyramid> pyramid, quint64 request = 0);
    QSize sizeHint() const override;

Q_SIGNALS:
    void painted(quint64 request); ///< the picture of this request is on the screen

protected:
    PictureTask pictureTask(QSize devicePixels) override;
    quint64 pictureTag() const override { return m_request; }
    void picturePainted(quint64 request) override { Q_EMIT painted(request); }
    void paintGutter(QPainter& painter, const QRect& gutter) override;

private:
    std::shared_ptr<const Waveform> m_waveform;
    std::shared_ptr<const WaveformPyramid> m_pyramid;
    quint64 m_request = 0;
};

} // namespace melscope
