// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/EmbeddingMap.h"

#include "common/Theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace melscope {
namespace {

constexpr double reach = 9.0;  // pixels from a point at which the pointer means it
constexpr int margin = 20;     // pixels around the points when they are fitted
constexpr int markerSide = 13; // pixels
constexpr int faintSide = 9;
constexpr double faded = 0.18;
constexpr double wheelStep = 1.25;

double distance(const QPointF& a, const QPointF& b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

} // namespace

EmbeddingMap::EmbeddingMap(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Embedding map"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&Theme::instance(), &Theme::changed, this, &EmbeddingMap::redraw);
}

void EmbeddingMap::setPlaces(std::vector<PlanePoint> places)
{
    m_places = std::move(places);
    m_groups = {};
    m_faint.clear();
    m_emphasis.clear();
    m_hovered = -1;
    m_lasso.clear();
    setCurrent(-1);
    select({});
    fit();
}

void EmbeddingMap::setGroups(MapGroups groups)
{
    m_groups = std::move(groups);
    m_emphasis.clear();
    redraw();
}

void EmbeddingMap::setFaint(std::vector<bool> faint)
{
    m_faint = std::move(faint);
    redraw();
}

void EmbeddingMap::setEmphasis(std::set<int> groups)
{
    m_emphasis = std::move(groups);
    redraw();
}

void EmbeddingMap::setDescriber(std::function<QString(int)> describe)
{
    m_describe = std::move(describe);
}

void EmbeddingMap::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void EmbeddingMap::redraw()
{
    m_layer = {};
    update();
}

void EmbeddingMap::fit()
{
    m_fitted = true;
    if (!m_places.empty()) {
        const auto [left, right] = std::ranges::minmax(m_places, {}, &PlanePoint::x);
        const auto [bottom, top] = std::ranges::minmax(m_places, {}, &PlanePoint::y);
        m_view.centre = {(left.x + right.x) / 2.0, (bottom.y + top.y) / 2.0};
        // One scale for both axes: distances mean the same in every direction.
        m_view.scale = std::min(std::max(width() - 2 * margin, 1) / std::max(right.x - left.x, 1e-9),
                                std::max(height() - 2 * margin, 1) / std::max(top.y - bottom.y, 1e-9));
    }
    redraw();
}

QPointF EmbeddingMap::position(int point) const
{
    const PlanePoint& place = m_places[static_cast<size_t>(point)];
    return {(place.x - m_view.centre.x) * m_view.scale + width() / 2.0, (m_view.centre.y - place.y) * m_view.scale + height() / 2.0};
}

int EmbeddingMap::pointAt(const QPointF& position) const
{
    int nearest = -1;
    double least = reach;
    for (int point = 0; point < count(); ++point)
        if (const double away = distance(this->position(point), position); away < least) {
            least = away;
            nearest = point;
        }
    return nearest;
}

void EmbeddingMap::setCurrent(int point)
{
    if (point == m_current)
        return;
    m_current = point;
    setAccessibleDescription(point >= 0 && m_describe ? m_describe(point) : QString());
    update();
    Q_EMIT currentChanged(point);
}

void EmbeddingMap::select(std::vector<int> points)
{
    if (points == m_selection)
        return;
    m_selection = std::move(points);
    redraw();
    Q_EMIT selectionChanged();
}

bool EmbeddingMap::isFaint(int point) const
{
    return static_cast<size_t>(point) < m_faint.size() && m_faint[static_cast<size_t>(point)];
}

void EmbeddingMap::drawPoints()
{
    const double ratio = devicePixelRatioF();
    m_layer = QPixmap(size() * ratio);
    m_layer.setDevicePixelRatio(ratio);
    m_layer.fill(Theme::colours().plotBackground);
    QPainter painter(&m_layer);
    std::map<std::tuple<int, bool, bool>, QPixmap> stamps; // of group, faint, faded
    const auto draw = [&](int point, bool isFaded) {
        const auto place = static_cast<size_t>(point);
        const int group = place < m_groups.groupOf.size() ? m_groups.groupOf[place] : -1;
        const int side = isFaint(point) ? faintSide : markerSide;
        QPixmap& stamp = stamps[{group, isFaint(point), isFaded}];
        if (stamp.isNull()) {
            const MapMarker marker = group < 0 ? MapMarker{MapMarker::Colour::Muted} : m_groups.groups[static_cast<size_t>(group)].marker;
            stamp = marker.pixmap(side, ratio, isFaded ? faded : 1.0);
        }
        painter.drawPixmap(position(point) - QPointF(side, side) / 2.0, stamp);
    };
    // What stands out is drawn over the rest.
    const auto standsOut = [&](int point) {
        const auto place = static_cast<size_t>(point);
        const bool emphasised = m_emphasis.empty() || (place < m_groups.groupOf.size() && m_emphasis.contains(m_groups.groupOf[place]));
        return emphasised && (m_selection.empty() || std::ranges::binary_search(m_selection, point));
    };
    std::vector<int> above;
    for (int point = 0; point < count(); ++point) {
        if (standsOut(point))
            above.push_back(point);
        else
            draw(point, true);
    }
    std::ranges::stable_partition(above, [this](int point) { return isFaint(point); });
    for (const int point : above)
        draw(point, false);
}

void EmbeddingMap::drawOver(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const auto ring = [&](int point, double radius, const QPen& pen) {
        painter.setPen(pen);
        painter.drawEllipse(position(point), radius, radius);
    };
    if (m_hovered >= 0)
        ring(m_hovered, 9.0, QPen(Theme::colours().text, 1.2));
    if (m_current >= 0)
        ring(m_current, 9.0, QPen(Theme::colours().accent, hasFocus() ? 3.0 : 2.0));
    if (!m_lasso.isEmpty()) {
        QColor inside = Theme::colours().accent;
        inside.setAlphaF(0.12F);
        painter.setBrush(inside);
        painter.setPen(QPen(Theme::colours().accent, 1.2, Qt::DashLine));
        painter.drawPolygon(m_lasso);
    }
}

void EmbeddingMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_places.empty()) {
        painter.fillRect(rect(), Theme::colours().plotBackground);
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    if (m_layer.isNull() || m_layer.devicePixelRatio() != devicePixelRatioF())
        drawPoints();
    painter.drawPixmap(0, 0, m_layer);
    drawOver(painter);
}

void EmbeddingMap::resizeEvent(QResizeEvent*)
{
    if (m_fitted)
        fit();
    redraw();
}

bool EmbeddingMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int point = pointAt(help->pos());
        if (point >= 0 && m_describe)
            QToolTip::showText(help->globalPos(), m_describe(point), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void EmbeddingMap::setHovered(int point)
{
    if (point == m_hovered)
        return;
    m_hovered = point;
    setCursor(point >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    Q_EMIT hovered(point);
}

void EmbeddingMap::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position();
}

void EmbeddingMap::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF position = event->position();
    if (event->buttons() == Qt::MiddleButton) {
        m_view.centre.x -= (position.x() - m_pressed.x()) / m_view.scale;
        m_view.centre.y += (position.y() - m_pressed.y()) / m_view.scale;
        m_pressed = position;
        m_fitted = false;
        redraw();
        return;
    }
    if (event->buttons() == Qt::LeftButton && !m_places.empty()) {
        if (m_lasso.isEmpty() && distance(position, m_pressed) < QApplication::startDragDistance())
            return;
        if (m_lasso.isEmpty())
            m_lasso << m_pressed;
        m_lasso << position;
        setHovered(-1);
        update();
        return;
    }
    setHovered(pointAt(position));
}

void EmbeddingMap::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (!m_lasso.isEmpty())
        return finishLasso(event->modifiers().testFlag(Qt::ShiftModifier));
    const int point = pointAt(event->position());
    setCurrent(point);
    if (point >= 0)
        Q_EMIT activated(point);
    else
        select({});
}

void EmbeddingMap::finishLasso(bool more)
{
    std::set<int> inside;
    if (more)
        inside.insert(m_selection.begin(), m_selection.end());
    for (int point = 0; point < count(); ++point)
        if (m_lasso.containsPoint(position(point), Qt::OddEvenFill))
            inside.insert(point);
    m_lasso.clear();
    update();
    select({inside.begin(), inside.end()});
}

void EmbeddingMap::zoom(double factor, const QPointF& around)
{
    const QPointF fromMiddle = around - QPointF(width(), height()) / 2.0;
    const double change = (1.0 - 1.0 / factor) / m_view.scale; // what is under the pointer stays there
    m_view.centre.x += fromMiddle.x() * change;
    m_view.centre.y -= fromMiddle.y() * change;
    m_view.scale *= factor;
    m_fitted = false;
    redraw();
}

void EmbeddingMap::wheelEvent(QWheelEvent* event)
{
    zoom(std::pow(wheelStep, event->angleDelta().y() / 120.0), event->position());
    setHovered(pointAt(event->position()));
}

int EmbeddingMap::next(const QPointF& direction) const
{
    const QPointF from = m_current >= 0 ? position(m_current) : QPointF(width(), height()) / 2.0;
    int best = -1;
    double least = 1e300;
    for (int point = 0; point < count(); ++point) {
        const QPointF way = position(point) - from;
        const double along = QPointF::dotProduct(way, direction);
        const double aside = std::abs(way.x() * direction.y() - way.y() * direction.x());
        if (point == m_current || along <= 0.0 || aside > along)
            continue; // not within 45 degrees of the arrow
        if (const double cost = along + 2.0 * aside; cost < least) {
            least = cost;
            best = point;
        }
    }
    return best;
}

void EmbeddingMap::keyPressEvent(QKeyEvent* event)
{
    const QPointF middle = QPointF(width(), height()) / 2.0;
    QPointF direction;
    switch (event->key()) {
    case Qt::Key_Left: direction = {-1.0, 0.0}; break;
    case Qt::Key_Right: direction = {1.0, 0.0}; break;
    case Qt::Key_Up: direction = {0.0, -1.0}; break;
    case Qt::Key_Down: direction = {0.0, 1.0}; break;
    case Qt::Key_Plus: return zoom(wheelStep, middle);
    case Qt::Key_Minus: return zoom(1.0 / wheelStep, middle);
    case Qt::Key_F: return fit();
    case Qt::Key_Escape: return select({});
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0)
            Q_EMIT activated(m_current);
        return;
    default: return QWidget::keyPressEvent(event);
    }
    if (const int point = next(direction); point >= 0)
        setCurrent(point);
}

void EmbeddingMap::leaveEvent(QEvent*)
{
    setHovered(-1);
}

QSize EmbeddingMap::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 30};
}

QSize EmbeddingMap::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 36, fontMetrics().height() * 14};
}

} // namespace melscope
