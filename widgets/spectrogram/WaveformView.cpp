// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/WaveformView.h"

#include "spectrogram/WaveformRenderer.h"

#include <QPainter>

namespace melscope {

WaveformView::WaveformView(Timeline& timeline, QWidget* parent) : TimelinePlot(timeline, parent)
{
    setAccessibleName(tr("Waveform"));
    setToolTip(tr("The samples over time, full scale at ±1; stretches at full scale are red (clipped).\n"
                  "Click: move the playhead. Drag: select. Wheel: move. Ctrl+wheel: zoom."));
}

WaveformView::~WaveformView() = default;

void WaveformView::setWaveform(std::shared_ptr<const Waveform> waveform, std::shared_ptr<const WaveformPyramid> pyramid, quint64 request)
{
    m_request = request;
    m_waveform = std::move(waveform);
    m_pyramid = std::move(pyramid);
    if (m_waveform)
        refreshPicture();
    else
        dropPicture();
}

QSize WaveformView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 6};
}

TimelinePlot::PictureTask WaveformView::pictureTask(QSize devicePixels)
{
    if (!m_waveform)
        return {};
    WaveformRenderer renderer;
    renderer.colour = palette().color(QPalette::Link);
    return [renderer, waveform = m_waveform, pyramid = m_pyramid, window = timeline().window(),
            devicePixels](std::stop_token stop) {
        return renderer.render(*waveform, *pyramid, window, devicePixels.width(), devicePixels.height(), stop);
    };
}

void WaveformView::paintGutter(QPainter& painter, const QRect& gutter)
{
    if (!m_waveform)
        return;
    const int space = fontMetrics().averageCharWidth() / 2;
    const int lineHeight = fontMetrics().height();
    const double lane = static_cast<double>(gutter.height()) / m_waveform->channels;
    painter.setPen(palette().color(QPalette::WindowText));
    const auto label = [&](double y, const QString& text) {
        const int top = std::clamp(static_cast<int>(y) - lineHeight / 2, 0, gutter.height() - lineHeight);
        painter.drawText(QRect(0, top, gutter.width() - space, lineHeight), Qt::AlignRight | Qt::AlignVCenter, text);
    };
    for (int channel = 0; channel < m_waveform->channels; ++channel) {
        label(lane * (channel + 0.5), QStringLiteral("0"));
        if (lane >= 4.0 * lineHeight) {
            label(lane * channel + lineHeight / 2.0, QStringLiteral("1"));
            label(lane * (channel + 1) - lineHeight / 2.0, QStringLiteral("−1"));
        }
    }
}

} // namespace melscope
