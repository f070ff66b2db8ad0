// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodeFigure.h"
#include "tokens/CodeMap.h"

#include <optional>

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
    int namedClasses() const { return static_cast<int>(m_key.size()); } ///< in the key, which may have to leave some out

protected:
    void tokensChanged() override;
    void draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const override;
    void drawLit(QPainter& painter, int code) const override;
    QString describe(QPointF point) const override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    QRectF disc(int code, const QSizeF& size) const;
    double scale(const QSizeF& size) const; ///< pixels per unit of the map
    void layOutKey();
    QString className(int label) const;
    QString restText(int classes) const;
    void drawKey(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const;

    std::shared_ptr<const CodeMap> m_map;
    std::vector<int> m_keyClasses; // that some code stands for, in their order
    std::vector<QRectF> m_key;     // of the first of them, from the top of the key
    double m_keyHeight = 0.0;      // at the bottom of the figure
    double m_zoom = 1.0;
    QPointF m_centre; // of the view, in units of the map
    std::optional<QPointF> m_pressed; // with the left button, which is still down
    QPointF m_dragged;                // where the drag has come to
    bool m_dragging = false;
};

} // namespace melscope
