// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/MapColouring.h"
#include "statistics/FeatureMatrix.h"

#include <QPixmap>
#include <QPolygonF>
#include <QWidget>

#include <functional>
#include <set>
#include <vector>

namespace melscope {

/// Points in a plane, one a clip, in the colours of their groups. The pointer reads a point, a click chooses it, a drag draws a lasso
/// around some (with Shift: some more), the wheel zooms, the middle button pans; arrows go to the next point in their
/// direction, Return hears it, F fits, Escape forgets the lasso.
class EmbeddingMap : public QWidget
{
    Q_OBJECT

public:
    explicit EmbeddingMap(QWidget* parent = nullptr);

    /// Fits them into the widget; forgets selection and current point.
    void setPlaces(std::vector<PlanePoint> places);
    void setGroups(MapGroups groups); ///< of as many points
    void setFaint(std::vector<bool> faint); ///< [point] drawn small: what a model was trained on
    void setEmphasis(std::set<int> groups); ///< the others fade; none: all are seen
    void setDescriber(std::function<QString(int point)> describe); ///< for the tool tip
    void setEmptyText(const QString& text);

    int count() const { return static_cast<int>(m_places.size()); }
    QPointF position(int point) const; ///< pixels
    int pointAt(const QPointF& position) const; ///< the nearest within a few pixels, -1 without one
    int current() const { return m_current; }
    void setCurrent(int point); ///< -1: none
    const std::vector<int>& selection() const { return m_selection; } ///< ascending
    void select(std::vector<int> points);
    void fit();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void hovered(int point); ///< -1 when the pointer leaves them
    void currentChanged(int point);
    void activated(int point); ///< clicked, or Return: asks to hear it
    void selectionChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct View ///< pixels = (place - centre) * scale + middle
    {
        PlanePoint centre;
        double scale = 1.0;
    };

    void redraw(); ///< the points anew at the next paint
    void drawPoints();
    void drawOver(QPainter& painter) const;
    bool isFaint(int point) const;
    void setHovered(int point);
    void zoom(double factor, const QPointF& around);
    void finishLasso(bool more);
    int next(const QPointF& direction) const;

    std::vector<PlanePoint> m_places;
    MapGroups m_groups;
    std::vector<bool> m_faint;
    std::set<int> m_emphasis;
    std::function<QString(int)> m_describe;
    QString m_emptyText;

    View m_view;
    bool m_fitted = true; ///< resizing fits again as long as nobody has zoomed
    int m_current = -1;
    int m_hovered = -1;
    std::vector<int> m_selection;
    QPolygonF m_lasso; ///< pixels; empty when none is drawn
    QPointF m_pressed;
    QPixmap m_layer; ///< the points; null when they must be drawn again
};

} // namespace melscope
