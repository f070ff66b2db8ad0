// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/TimeRuler.h"

#include "spectrogram/Ticks.h"

#include <QPainter>

namespace melscope {

TimeRuler::TimeRuler(Timeline& timeline, QWidget* parent) : TimelinePlot(timeline, parent)
{
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Time axis"));
    setToolTip(tr("Time in seconds. Wheel: move. Ctrl+wheel: zoom. Drag: select."));
}

QSize TimeRuler::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("0:00.000")) * 4, fontMetrics().height() * 3 / 2};
}

void TimeRuler::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const TimeSpan visible = timeline().window().visible;
    const int labelWidth = fontMetrics().horizontalAdvance(QStringLiteral("0:00.000"));
    const Ticks ticks = Ticks::time(visible.start, visible.end, std::max(1, plotArea().width() * 2 / (3 * labelWidth)));
    const int tickLength = fontMetrics().height() / 4;
    painter.setPen(palette().color(QPalette::WindowText));
    for (const double seconds : ticks.values) {
        const double x = xOfSeconds(seconds);
        painter.drawLine(QPointF(x, 0), QPointF(x, tickLength));
        QRectF label(x - labelWidth / 2.0, tickLength, labelWidth, height() - tickLength);
        label.moveRight(std::min(label.right(), static_cast<double>(width())));
        const bool atEdge = label.right() >= width();
        painter.drawText(label, (atEdge ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignTop, timeText(seconds, ticks.step));
    }
    painter.drawText(QRect(0, tickLength, plotArea().left() - labelWidth / 4, height() - tickLength), Qt::AlignRight | Qt::AlignTop,
                     QStringLiteral("s"));
}

} // namespace melscope
