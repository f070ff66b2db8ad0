// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/MapMarker.h"

#include "common/Theme.h"

#include <QPainter>
#include <QPainterPath>

namespace melscope {
namespace {

QPolygonF polygon(std::initializer_list<QPointF> corners)
{
    return QPolygonF(QList<QPointF>(corners));
}

/// Within -1 to 1 both ways, of about equal area.
QPainterPath outline(int shape)
{
    QPainterPath path;
    switch (shape) {
    case 0: path.addEllipse(QPointF(), 0.85, 0.85); break;
    case 1: path.addRect(-0.75, -0.75, 1.5, 1.5); break;
    case 2: path.addPolygon(polygon({{0.0, -1.0}, {1.0, 0.75}, {-1.0, 0.75}})); break;
    case 3: path.addPolygon(polygon({{0.0, -1.05}, {1.05, 0.0}, {0.0, 1.05}, {-1.05, 0.0}})); break;
    case 4: path.addPolygon(polygon({{0.0, 1.0}, {1.0, -0.75}, {-1.0, -0.75}})); break;
    case 5:
        path.addRect(-1.0, -0.35, 2.0, 0.7);
        path.addRect(-0.35, -1.0, 0.7, 2.0);
        path.setFillRule(Qt::WindingFill);
        break;
    default: path.addEllipse(QPointF(), 1.0, 0.5); break;
    }
    path.closeSubpath();
    return path;
}

} // namespace

QColor MapMarker::paint() const
{
    const ThemeColours& theme = Theme::colours();
    switch (colour) {
    case Colour::Good: return theme.good;
    case Colour::Warning: return theme.warning;
    case Colour::Error: return theme.error;
    case Colour::Accent: return theme.accent;
    case Colour::Muted: return theme.mutedText;
    case Colour::Series: break;
    }
    return theme.seriesColour(index);
}

int MapMarker::shape() const
{
    const int colours = colour == Colour::Series ? static_cast<int>(Theme::colours().series.size()) : 1;
    return index / colours % shapeCount;
}

QPixmap MapMarker::pixmap(int side, double ratio, double opacity) const
{
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(opacity);
    painter.translate(side / 2.0, side / 2.0);
    painter.scale(side / 2.0 - 1.0, side / 2.0 - 1.0);
    // A seam in the background's colour keeps neighbours apart.
    painter.setPen(QPen(Theme::colours().plotBackground, 2.0 / side));
    painter.setBrush(paint());
    painter.drawPath(outline(shape()));
    return pixmap;
}

QIcon MapMarker::icon() const
{
    QIcon icon;
    for (const double ratio : {1.0, 2.0})
        icon.addPixmap(pixmap(14, ratio));
    return icon;
}

} // namespace melscope
