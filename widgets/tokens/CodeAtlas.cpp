// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeAtlas.h"

#include "common/Theme.h"
#include "tokens/CodeText.h"
#include "tokens/CurrentCode.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace melscope {
namespace {

constexpr double patchFrom = 30.0; // pixels across: smaller discs have no room for a patch that says anything
constexpr double mostZoom = 40.0;

} // namespace

CodeAtlas::CodeAtlas(CurrentCode& current, QWidget* parent) : CodeFigure(tr("Codebook atlas"), current, parent) {}

void CodeAtlas::tokensChanged()
{
    m_map.reset();
    m_keyClasses.clear();
    if (!isEmpty())
        for (const DominantClass& dominant : tokens().dominant)
            if (dominant.label >= 0)
                m_keyClasses.push_back(dominant.label);
    std::ranges::sort(m_keyClasses);
    m_keyClasses.erase(std::ranges::unique(m_keyClasses).begin(), m_keyClasses.end());
    fit();
}

void CodeAtlas::setMap(std::shared_ptr<const CodeMap> map)
{
    m_map = std::move(map);
    fit();
}

void CodeAtlas::fit()
{
    m_zoom = 1.0;
    m_centre = {};
    redraw();
}

double CodeAtlas::scale(const QSizeF& size) const
{
    const double line = fontMetrics().height();
    return m_zoom * std::max(1.0, std::min((size.width() - line) / (2.0 * CodeMap::format), (size.height() - 3.0 * line) / 2.0));
}

QRectF CodeAtlas::disc(int code, const QSizeF& size) const
{
    const PlanePoint& place = m_map->places[static_cast<size_t>(code)];
    const double unit = scale(size);
    const double radius = m_map->radii[static_cast<size_t>(code)] * unit;
    const double middle = (size.height() - 2.0 * fontMetrics().height()) / 2.0;
    const QPointF centre(size.width() / 2.0 + (place.x - m_centre.x()) * unit, middle - (place.y - m_centre.y()) * unit);
    return QRectF(centre.x() - radius, centre.y() - radius, 2.0 * radius, 2.0 * radius);
}

QRectF CodeAtlas::discOf(int code) const
{
    return disc(code, size());
}

int CodeAtlas::codeAt(QPointF point) const
{
    if (!m_map)
        return CurrentCode::none;
    for (int code = 0; code < static_cast<int>(m_map->places.size()); ++code) {
        const QRectF area = discOf(code);
        const QPointF away = point - area.center();
        if (std::hypot(away.x(), away.y()) <= std::max(area.width() / 2.0, 3.0))
            return code;
    }
    return CurrentCode::none;
}

void CodeAtlas::draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const
{
    if (!m_map)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF view(QPointF(), size);
    for (int code = 0; code < static_cast<int>(m_map->places.size()); ++code) {
        const QRectF area = disc(code, size);
        if (!area.intersects(view))
            continue;
        const DominantClass& dominant = tokens().dominant[static_cast<size_t>(code)];
        paintClassDisc(painter, area, dominant.label, dominant.strength, theme);
        if (area.width() < patchFrom)
            continue;
        const double inside = area.width() * 0.32;
        const QImage& patch = tokens().patches[static_cast<size_t>(code)];
        if (!patch.isNull())
            painter.drawImage(QRectF(area.center().x() - inside, area.center().y() - inside, 2.0 * inside, 2.0 * inside), patch);
    }
    drawKey(painter, size, theme);
}

void CodeAtlas::drawKey(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const
{
    const int line = fontMetrics().height();
    painter.fillRect(QRectF(0, size.height() - 1.6 * line, size.width(), 1.6 * line), theme.plotBackground);
    double x = line / 2.0;
    for (const int label : m_keyClasses) {
        const QString name = QString::fromStdString(tokens().set->classes[static_cast<size_t>(label)]);
        const double width = fontMetrics().horizontalAdvance(name) + 1.8 * line;
        if (x + width > size.width()) {
            painter.setPen(theme.mutedText);
            painter.drawText(QRectF(x, size.height() - 1.5 * line, size.width() - x, 1.4 * line), Qt::AlignVCenter, QStringLiteral("…"));
            break;
        }
        paintClassDisc(painter, QRectF(x, size.height() - 1.2 * line, 0.8 * line, 0.8 * line), label, 1.0, theme);
        painter.setPen(theme.text);
        painter.drawText(QRectF(x + line, size.height() - 1.5 * line, width, 1.4 * line), Qt::AlignVCenter, name);
        x += width;
    }
}

void CodeAtlas::drawLit(QPainter& painter, int code) const
{
    if (!m_map)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = discOf(code);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::colours().text, 2.5));
    painter.drawEllipse(area.adjusted(-3, -3, 3, 3));
}

QString CodeAtlas::describe(QPointF point) const
{
    const int code = codeAt(point);
    return code == CurrentCode::none ? QString() : codeSentence(tokens(), code);
}

std::function<std::string()> CodeAtlas::csv() const
{
    return [map = m_map, shared = sharedTokens()] {
        std::ostringstream text;
        text << "code,x,y,radius,usage\r\n";
        for (size_t code = 0; map && code < map->places.size(); ++code)
            text << code << ',' << map->places[code].x << ',' << map->places[code].y << ',' << map->radii[code] << ','
                 << shared->statistics->usage[code] << "\r\n";
        return text.str();
    };
}

void CodeAtlas::wheelEvent(QWheelEvent* event)
{
    if (!m_map)
        return;
    const QPointF off(event->position().x() - width() / 2.0, (height() - 2.0 * fontMetrics().height()) / 2.0 - event->position().y());
    const QPointF under = m_centre + off / scale(size());
    m_zoom = std::clamp(m_zoom * std::pow(1.2, event->angleDelta().y() / 120.0), 1.0, mostZoom);
    m_centre = m_zoom > 1.0 ? under - off / scale(size()) : QPointF(); // what is under the pointer stays there
    redraw();
    event->accept();
}

void CodeAtlas::mousePressEvent(QMouseEvent* event)
{
    m_dragged = event->position();
    CodeFigure::mousePressEvent(event);
}

void CodeAtlas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_map && event->buttons().testFlag(Qt::LeftButton) && m_zoom > 1.0) {
        const QPointF moved = (event->position() - m_dragged) / scale(size());
        m_centre += QPointF(-moved.x(), moved.y());
        m_dragged = event->position();
        return redraw();
    }
    CodeFigure::mouseMoveEvent(event);
}

void CodeAtlas::mouseDoubleClickEvent(QMouseEvent*)
{
    fit();
}

} // namespace melscope
