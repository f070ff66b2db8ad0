// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/SpectrogramFigure.h"

#include "base/Error.h"
#include "base/Files.h"
#include "common/NumberText.h"
#include "spectral/SpectrogramFiles.h"
#include "spectrogram/SpectrogramRenderer.h"
#include "spectrogram/Ticks.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QSvgGenerator>

namespace melscope {
namespace {

constexpr QSize figureSize(1200, 675);
constexpr int pngScale = 2;

QString text(const char* source)
{
    return QCoreApplication::translate("SpectrogramFigure", source);
}

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

QByteArray pngOf(const SpectrogramFigure& figure)
{
    QImage image(figureSize * pngScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(pngScale);
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        figure.paint(painter, QRectF(QPointF(), QSizeF(figureSize)));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray svgOf(const SpectrogramFigure& figure)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(figureSize);
    generator.setViewBox(QRect(QPoint(), figureSize));
    generator.setTitle(figure.title);
    {
        QPainter painter(&generator);
        painter.fillRect(QRect(QPoint(), figureSize), Qt::white);
        figure.paint(painter, QRectF(QPointF(), QSizeF(figureSize)));
    }
    return bytes;
}

void paintTimeAxis(QPainter& painter, const QRectF& plot, const TimeSpan& visible, double line)
{
    const Ticks ticks = Ticks::time(visible.start, visible.end, 10);
    for (const double seconds : ticks.values) {
        const double x = plot.left() + (seconds - visible.start) / visible.length() * plot.width();
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + line / 3));
        painter.drawText(QRectF(x - 4 * line, plot.bottom() + line / 3, 8 * line, line * 1.2), Qt::AlignCenter,
                         timeText(seconds, ticks.step));
    }
    painter.drawText(QRectF(plot.left(), plot.bottom() + line * 1.5, plot.width(), line * 1.3), Qt::AlignCenter,
                     text(QT_TRANSLATE_NOOP("SpectrogramFigure", "Time (s)")));
}

void paintFrequencyAxis(QPainter& painter, const QRectF& plot, const FrequencyAxis& axis, double line)
{
    for (const double hz : axis.ticks(1.6 * line / plot.height())) {
        const double y = plot.bottom() - axis.positionOfHz(hz) * plot.height();
        painter.drawLine(QPointF(plot.left() - line / 3, y), QPointF(plot.left(), y));
        painter.drawText(QRectF(plot.left() - 5.5 * line, y - line / 2, 5 * line, line), Qt::AlignRight | Qt::AlignVCenter,
                         frequencyText(hz));
    }
    painter.save();
    painter.translate(plot.left() - 4.2 * line, plot.center().y());
    painter.rotate(-90.0);
    painter.drawText(QRectF(-plot.height() / 2, -line, plot.height(), line * 1.3), Qt::AlignCenter,
                     text(QT_TRANSLATE_NOOP("SpectrogramFigure", "Frequency (Hz)")));
    painter.restore();
}

void paintColourBar(QPainter& painter, const QRectF& bar, const SpectrogramFigure& figure, double line)
{
    QImage colours(1, ColourMap::entryCount, QImage::Format_RGB32);
    for (int i = 0; i < ColourMap::entryCount; ++i)
        colours.setPixel(0, ColourMap::entryCount - 1 - i, ColourMap::named(figure.colourMap).entries()[static_cast<size_t>(i)]);
    painter.drawImage(bar, colours);
    painter.drawRect(bar);
    for (const double value : Ticks::linear(figure.scale.low, figure.scale.high, 8).values) {
        const double y = bar.bottom() - (value - figure.scale.low) / (figure.scale.high - figure.scale.low) * bar.height();
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + line / 3, y));
        painter.drawText(QRectF(bar.right() + line / 2, y - line / 2, 4 * line, line), Qt::AlignLeft | Qt::AlignVCenter,
                         withMinus(QString::number(value, 'g', 4)));
    }
    painter.drawText(QRectF(bar.left() - 2 * line, bar.bottom() + line / 3, bar.width() + 4 * line, line * 1.3), Qt::AlignCenter,
                     figure.spectrogram->unit);
}

} // namespace

void SpectrogramFigure::paint(QPainter& painter, const QRectF& area) const
{
    QFont font = painter.font();
    font.setPixelSize(static_cast<int>(area.height() / 40.0));
    painter.setFont(font);
    painter.setPen(Qt::black);
    const double line = font.pixelSize() * 1.25;
    const QRectF plot = area.adjusted(6 * line, 2.5 * line, -7 * line, -3.5 * line);
    const FrequencyAxis axis(spectrogram->frontEnd, frequencyScale);

    const SpectrogramRenderer renderer{ColourMap::named(colourMap), scale};
    painter.drawImage(plot, renderer.render(spectrogram->grid, {time, axis, plot.width() * pngScale, plot.height() * pngScale}));
    painter.drawRect(plot);
    painter.drawText(QRectF(area.left(), area.top() + line / 2, area.width(), line * 1.5), Qt::AlignCenter, title);
    paintTimeAxis(painter, plot, time.visible, line);
    paintFrequencyAxis(painter, plot, axis, line);
    paintColourBar(painter, QRectF(plot.right() + 1.5 * line, plot.top(), line, plot.height()), *this, line);
}

void SpectrogramFigure::save(const std::filesystem::path& path) const
{
    const QString ending = QString::fromStdString(path.extension().string()).toLower();
    if (ending == QLatin1String(".npy"))
        writeNpy(path, spectrogram->grid);
    else if (ending == QLatin1String(".csv"))
        writeSpectrogramCsv(path, spectrogram->grid, spectrogram->frontEnd);
    else if (ending == QLatin1String(".png"))
        writeFileAtomically(path, view(pngOf(*this)));
    else if (ending == QLatin1String(".svg"))
        writeFileAtomically(path, view(svgOf(*this)));
    else
        throw Error(ErrorKind::InvalidValue,
                    path.string() + " has an ending that cannot be saved; choose .png, .svg, .npy or .csv.", path);
}

} // namespace melscope
