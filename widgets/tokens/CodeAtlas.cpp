// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeAtlas.h"

#include "common/Theme.h"
#include "tokens/CodeText.h"
#include "tokens/CurrentCode.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace melscope {
namespace {

constexpr double patchFrom = 30.0; // pixels across: smaller discs have no room for a patch that says anything
constexpr double mostZoom = 40.0;
constexpr double keyLine = 1.3;   // heights of a line of text
constexpr double keyShare = 3.0;  // the key takes a third of the height at most
constexpr double reach = 3.0; // pixels, of the smallest discs too

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
    layOutKey();
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
    return m_zoom * std::max(1.0, std::min((size.width() - line) / (2.0 * CodeMap::format), (size.height() - m_keyHeight - line) / 2.0));
}

QRectF CodeAtlas::disc(int code, const QSizeF& size) const
{
    const PlanePoint& place = m_map->places[static_cast<size_t>(code)];
    const double unit = scale(size);
    const double radius = m_map->radii[static_cast<size_t>(code)] * unit;
    const double middle = (size.height() - m_keyHeight) / 2.0;
    const QPointF centre(size.width() / 2.0 + (place.x - m_centre.x()) * unit, middle - (place.y - m_centre.y()) * unit);
    return QRectF(centre.x() - radius, centre.y() - radius, 2.0 * radius, 2.0 * radius);
}

QRectF CodeAtlas::discOf(int code) const
{
    return disc(code, size());
}

int CodeAtlas::codeAt(QPointF point) const
{
    int nearest = CurrentCode::none;
    double least = std::numeric_limits<double>::infinity();
    for (int code = 0; m_map && code < static_cast<int>(m_map->places.size()); ++code) {
        const QRectF area = discOf(code);
        const double away = std::hypot(point.x() - area.center().x(), point.y() - area.center().y());
        if (away <= std::max(area.width() / 2.0, reach) && away < least) {
            nearest = code;
            least = away;
        }
    }
    return nearest;
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

void CodeAtlas::layOutKey()
{
    const double line = fontMetrics().height();
    const auto advance = [&](const QString& text) { return fontMetrics().horizontalAdvance(text) + 1.8 * line; };
    m_key.clear();
    QPointF place(line / 2.0, 0.0);
    for (const int label : m_keyClasses) {
        const double wide = advance(className(label));
        if (place.x() + wide > width() && place.x() > line)
            place = {line / 2.0, place.y() + keyLine * line};
        m_key.push_back(QRectF(place, QSizeF(wide, keyLine * line)));
        place.rx() += wide;
    }
    const double lowest = std::max(1.0, std::floor(height() / keyShare / (keyLine * line))) * keyLine * line;
    const double room = width() - advance(restText(static_cast<int>(m_keyClasses.size()))); // where it is said how many were left out
    while (m_key.size() > 1 && (m_key.back().bottom() > lowest + 0.5 || (m_key.size() < m_keyClasses.size() && m_key.back().right() > room)))
        m_key.pop_back();
    m_keyHeight = m_key.empty() ? 0.0 : m_key.back().bottom();
}

QString CodeAtlas::className(int label) const
{
    return QString::fromStdString(tokens().set->classes[static_cast<size_t>(label)]);
}

QString CodeAtlas::restText(int classes) const
{
    return tr("and %n more", nullptr, classes);
}

void CodeAtlas::drawKey(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const
{
    const double line = fontMetrics().height();
    const double top = size.height() - m_keyHeight;
    painter.fillRect(QRectF(0.0, top, size.width(), m_keyHeight), theme.plotBackground); // discs of a zoomed map pass below
    for (size_t i = 0; i < m_key.size(); ++i) {
        const QRectF place = m_key[i].translated(0.0, top);
        paintClassDisc(painter, QRectF(place.left(), place.center().y() - 0.4 * line, 0.8 * line, 0.8 * line), m_keyClasses[i], 1.0, theme);
        painter.setPen(theme.text);
        painter.drawText(place.adjusted(line, 0.0, 0.0, 0.0), Qt::AlignVCenter, className(m_keyClasses[i]));
    }
    if (m_key.size() < m_keyClasses.size()) {
        painter.setPen(theme.mutedText);
        painter.drawText(QRectF(m_key.back().right(), m_key.back().top() + top, size.width(), m_key.back().height()), Qt::AlignVCenter,
                         restText(static_cast<int>(m_keyClasses.size() - m_key.size())));
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

void CodeAtlas::resizeEvent(QResizeEvent* event)
{
    layOutKey();
    CodeFigure::resizeEvent(event);
}

void CodeAtlas::wheelEvent(QWheelEvent* event)
{
    if (!m_map)
        return;
    const QPointF off(event->position().x() - width() / 2.0, (height() - m_keyHeight) / 2.0 - event->position().y());
    const QPointF under = m_centre + off / scale(size());
    m_zoom = std::clamp(m_zoom * std::pow(1.2, event->angleDelta().y() / 120.0), 1.0, mostZoom);
    m_centre = m_zoom > 1.0 ? under - off / scale(size()) : QPointF(); // what is under the pointer stays there
    redraw();
    event->accept();
}

void CodeAtlas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = m_dragged = event->position();
    m_dragging = false;
}

void CodeAtlas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_map && event->buttons().testFlag(Qt::LeftButton) && m_zoom > 1.0) {
        if (!m_dragging && (event->position() - m_pressed.value_or(event->position())).manhattanLength() < QApplication::startDragDistance())
            return; // the hand shakes a little in clicking
        m_dragging = true;
        const QPointF moved = (event->position() - m_dragged) / scale(size());
        m_centre += QPointF(-moved.x(), moved.y());
        m_dragged = event->position();
        return redraw();
    }
    CodeFigure::mouseMoveEvent(event);
}

void CodeAtlas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && std::exchange(m_pressed, std::nullopt) && !m_dragging)
        CodeFigure::mousePressEvent(event); // a click chooses when it ends: until then it may become a drag
}

void CodeAtlas::mouseDoubleClickEvent(QMouseEvent*)
{
    fit();
}

} // namespace melscope
