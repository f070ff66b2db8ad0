// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ColourBar.h"

#include "common/NumberText.h"
#include "spectrogram/Ticks.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace melscope {
namespace {

constexpr float narrowest = 0.02F; // share of the extent the handles keep between them

} // namespace

ColourBar::ColourBar(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Colour range"));
    setToolTip(tr("Which values the colours stand for. Drag the handles to change the range, between them to move it;\n"
                  "double-click for the automatic range. Keys: Up and Down, with Shift the lower end only."));
}

void ColourBar::setColourMap(const QString& name)
{
    m_map = name;
    update();
}

void ColourBar::setScale(ColourScale scale)
{
    m_scale = scale;
    update();
}

void ColourBar::setExtent(float low, float high)
{
    m_lowest = low;
    m_highest = std::max(high, low + 1e-3F);
    update();
}

void ColourBar::setUnit(const QString& unit)
{
    m_unit = unit;
    update();
}

QRect ColourBar::bar() const
{
    const int space = fontMetrics().averageCharWidth();
    const int line = fontMetrics().height();
    return {space * 3 / 2, line / 2, space * 2, height() - 2 * line};
}

double ColourBar::yOfValue(double value) const
{
    const QRect area = bar();
    return area.top() + (m_highest - value) / (m_highest - m_lowest) * area.height();
}

double ColourBar::valueOfY(double y) const
{
    const QRect area = bar();
    return m_highest - (y - area.top()) / std::max(area.height(), 1) * (m_highest - m_lowest);
}

QSize ColourBar::sizeHint() const
{
    const int space = fontMetrics().averageCharWidth();
    return {space * 5 + fontMetrics().horizontalAdvance(QStringLiteral("-000.0")), fontMetrics().height() * 10};
}

void ColourBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect area = bar();
    const ColourMap& map = ColourMap::named(m_map);
    for (int y = area.top(); y <= area.bottom(); ++y) {
        const int index = m_scale.index(static_cast<float>(valueOfY(y + 0.5)));
        painter.fillRect(area.left(), y, area.width(), 1, QColor(map.entries()[static_cast<size_t>(index)]));
    }
    painter.setPen(palette().color(hasFocus() ? QPalette::Highlight : QPalette::Mid));
    painter.drawRect(area);

    painter.setPen(palette().color(QPalette::WindowText));
    const int line = fontMetrics().height();
    const int labelLeft = area.right() + fontMetrics().averageCharWidth() * 3 / 2;
    for (const double value : Ticks::linear(m_lowest, m_highest, std::max(2, area.height() / (2 * line))).values) {
        const double y = yOfValue(value);
        painter.drawLine(QPointF(area.right() + 1, y), QPointF(area.right() + 3, y));
        painter.drawText(QRectF(labelLeft, y - line / 2.0, width() - labelLeft, line), Qt::AlignLeft | Qt::AlignVCenter,
                         withMinus(QString::number(value, 'g', 4)));
    }
    painter.drawText(QRect(0, height() - line, width(), line), Qt::AlignCenter, m_unit);

    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(palette().color(QPalette::Highlight));
    painter.setPen(palette().color(QPalette::WindowText));
    const double reach = fontMetrics().averageCharWidth() * 1.2;
    for (const float value : {m_scale.low, m_scale.high}) {
        const double y = yOfValue(value);
        const QPointF left[]{{area.left() - reach, y - reach * 0.7}, {area.left() - reach, y + reach * 0.7}, {area.left() + 1.0, y}};
        painter.drawPolygon(left, 3);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
}

ColourBar::Grip ColourBar::gripAt(double y) const
{
    const double reach = fontMetrics().height() / 2.0;
    const double toLow = std::abs(y - yOfValue(m_scale.low));
    const double toHigh = std::abs(y - yOfValue(m_scale.high));
    if (std::min(toLow, toHigh) <= reach)
        return toLow < toHigh ? Grip::Low : Grip::High;
    const double value = valueOfY(y);
    return value > m_scale.low && value < m_scale.high ? Grip::Both : Grip::None;
}

void ColourBar::mousePressEvent(QMouseEvent* event)
{
    m_grip = gripAt(event->position().y());
    m_pressValue = valueOfY(event->position().y());
    m_pressScale = m_scale;
}

void ColourBar::mouseMoveEvent(QMouseEvent* event)
{
    const auto moved = static_cast<float>(valueOfY(event->position().y()) - m_pressValue);
    switch (m_grip) {
    case Grip::None: break;
    case Grip::Low: edit(m_pressScale.low + moved, m_pressScale.high); break;
    case Grip::High: edit(m_pressScale.low, m_pressScale.high + moved); break;
    case Grip::Both: edit(m_pressScale.low + moved, m_pressScale.high + moved); break;
    }
}

void ColourBar::mouseReleaseEvent(QMouseEvent*)
{
    m_grip = Grip::None;
}

void ColourBar::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT automaticRequested();
}

void ColourBar::keyPressEvent(QKeyEvent* event)
{
    const float step = (m_highest - m_lowest) / 100.0F;
    const float moved = event->key() == Qt::Key_Up ? step : event->key() == Qt::Key_Down ? -step : 0.0F;
    if (moved == 0.0F)
        return QWidget::keyPressEvent(event);
    const bool lowOnly = event->modifiers().testFlag(Qt::ShiftModifier);
    edit(m_scale.low + moved, lowOnly ? m_scale.high : m_scale.high + moved);
}

void ColourBar::edit(float low, float high)
{
    const float gap = (m_highest - m_lowest) * narrowest;
    const bool lowMoved = low != m_scale.low;
    low = std::clamp(low, m_lowest, m_highest - gap);
    high = std::clamp(high, m_lowest + gap, m_highest);
    if (high - low < gap)
        (lowMoved ? low : high) = lowMoved ? high - gap : low + gap;
    if (m_scale == ColourScale{low, high})
        return;
    m_scale = {low, high};
    update();
    Q_EMIT scaleEdited(m_scale);
}

} // namespace melscope
