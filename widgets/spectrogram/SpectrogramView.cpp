// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/SpectrogramView.h"

#include "common/NumberText.h"
#include "spectrogram/SpectrogramRenderer.h"
#include "spectrogram/Ticks.h"

#include <QPainter>

#include <cmath>

namespace melscope {

SpectrogramView::SpectrogramView(Timeline& timeline, QWidget* parent) : TimelinePlot(timeline, parent)
{
    setAccessibleName(tr("Spectrogram"));
}

SpectrogramView::~SpectrogramView() = default;

void SpectrogramView::setSpectrogram(std::shared_ptr<const Spectrogram> spectrogram)
{
    m_spectrogram = std::move(spectrogram);
    if (m_spectrogram)
        refreshPicture();
    else
        dropPicture();
}

void SpectrogramView::setColourMap(const QString& name)
{
    m_colourMap = name;
    refreshPicture();
}

void SpectrogramView::setScale(ColourScale scale)
{
    if (scale == m_scale)
        return;
    m_scale = scale;
    refreshPicture();
}

void SpectrogramView::setFrequencyScale(FrequencyAxis::Scale scale)
{
    m_frequencyScale = scale;
    refreshPicture();
    update();
}

ViewGeometry SpectrogramView::geometryInPixels() const
{
    const QRect area = plotArea();
    const FrontEnd frontEnd = m_spectrogram ? m_spectrogram->frontEnd : FrontEnd();
    return {timeline().window(), FrequencyAxis(frontEnd, m_frequencyScale), static_cast<double>(area.width()),
            static_cast<double>(area.height())};
}

QString SpectrogramView::readOutAt(QPointF point) const
{
    const QRect area = plotArea();
    if (!m_spectrogram || !message().isEmpty() || !area.contains(point.toPoint()))
        return {};
    const ViewGeometry geometry = geometryInPixels();
    const double seconds = geometry.secondsOfX(point.x() - area.left());
    const double hz = geometry.hzOfY(point.y() - area.top());
    const QString place = tr("%1 s, %2 Hz").arg(seconds, 0, 'f', 3).arg(hz, 0, 'f', 0);
    const std::optional<float> value = valueAt(seconds, hz);
    return value ? tr("%1, %2 %3").arg(place, withMinus(QString::number(static_cast<double>(*value), 'f', 1)), m_spectrogram->unit) : place;
}

std::optional<float> SpectrogramView::valueAt(double seconds, double hz) const
{
    if (!m_spectrogram)
        return std::nullopt;
    const SpectrogramGrid& grid = m_spectrogram->grid;
    const FrontEnd& frontEnd = m_spectrogram->frontEnd;
    const double origin = frontEnd.secondsOfFrame(0.0);
    const auto frame = std::llround((seconds - origin) / (frontEnd.secondsOfFrame(1.0) - origin));
    if (frame < 0 || frame >= grid.frames)
        return std::nullopt;
    const FrequencyAxis axis(frontEnd, m_frequencyScale);
    // A row's own lower edge must not be pushed below it by rounding.
    const double row = std::floor(axis.rowOfPosition(axis.positionOfHz(hz)) + 1e-9);
    return grid.at(std::clamp(static_cast<int>(row), 0, grid.mels - 1), frame);
}

QSize SpectrogramView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 16};
}

TimelinePlot::PictureTask SpectrogramView::pictureTask(QSize devicePixels)
{
    if (!m_spectrogram)
        return {};
    ViewGeometry geometry = geometryInPixels();
    geometry.width = devicePixels.width();
    geometry.height = devicePixels.height();
    return [spectrogram = m_spectrogram, geometry, scale = m_scale, map = m_colourMap](std::stop_token stop) {
        const auto merge = spectrogram->isDifference ? SpectrogramRenderer::Merge::FarthestFromZero : SpectrogramRenderer::Merge::Loudest;
        return SpectrogramRenderer{ColourMap::named(map), scale, merge}.render(spectrogram->grid, geometry, stop);
    };
}

quint64 SpectrogramView::pictureTag() const
{
    return m_spectrogram ? m_spectrogram->request : 0;
}

void SpectrogramView::paintGutter(QPainter& painter, const QRect& gutter)
{
    if (!m_spectrogram)
        return;
    const ViewGeometry geometry = geometryInPixels();
    const int lineHeight = fontMetrics().height();
    const int tickLength = fontMetrics().averageCharWidth() / 2;
    painter.setPen(palette().color(QPalette::WindowText));
    for (const double hz : geometry.frequency.ticks(1.4 * lineHeight / std::max(height(), 1))) {
        const double y = geometry.yOfHz(hz);
        painter.drawLine(QPointF(gutter.right() - tickLength, y), QPointF(gutter.right(), y));
        const double top = std::clamp(y - lineHeight / 2.0, 0.0, static_cast<double>(height() - lineHeight));
        painter.drawText(QRectF(0, top, gutter.width() - 2 * tickLength, lineHeight), Qt::AlignRight | Qt::AlignVCenter,
                         frequencyText(hz));
    }
}

void SpectrogramView::paintOver(QPainter& painter)
{
    if (m_pointerY)
        painter.fillRect(QRectF(plotArea().left(), *m_pointerY, plotArea().width(), 1.0), QColor(160, 160, 160, 200));
}

void SpectrogramView::pointerMoved(QPointF point)
{
    m_pointerY = point.y();
    update();
    Q_EMIT readOutChanged(readOutAt(point));
    if (m_spectrogram)
        Q_EMIT pointed(secondsOfX(point.x()), geometryInPixels().hzOfY(point.y() - plotArea().top()));
}

void SpectrogramView::pointerLeft()
{
    if (!m_pointerY)
        return;
    m_pointerY.reset();
    update();
    Q_EMIT readOutChanged(QString());
}

} // namespace melscope
