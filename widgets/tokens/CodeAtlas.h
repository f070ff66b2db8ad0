// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodeFigure.h"
#include "tokens/CodeMap.h"

namespace melscope {

/// The codes as discs, like ones near each other; the area is the usage, the colour the commonest class, the paler the less it stands
/// out. The wheel zooms, dragging moves, a double click shows all; where there is room each disc has its mean patch.
class CodeAtlas : public CodeFigure
{
    Q_OBJECT

public:
    explicit CodeAtlas(CurrentCode& current, QWidget* parent = nullptr);

    void setMap(std::shared_ptr<const CodeMap> map); ///< of the tokens that are set; null: none
    bool hasMap() const { return m_map != nullptr; }
    void fit();

    int codeAt(QPointF point) const override;
    std::function<std::string()> csv() const override;
    QRectF discOf(int code) const; ///< in the widget's coordinates

protected:
    void tokensChanged() override;
    void draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const override;
    void drawLit(QPainter& painter, int code) const override;
    QString describe(QPointF point) const override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    QRectF disc(int code, const QSizeF& size) const;
    double scale(const QSizeF& size) const; ///< pixels per unit of the map
    void drawKey(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const;

    std::shared_ptr<const CodeMap> m_map;
    std::vector<int> m_keyClasses;         // that some code stands for, in their order
    double m_zoom = 1.0;
    QPointF m_centre; // of the view, in units of the map
    QPointF m_dragged;
};

} // namespace melscope
