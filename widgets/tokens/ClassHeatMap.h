// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodeFigure.h"
#include "tokens/DominantClass.h"

#include <QImage>

namespace melscope {

/// Which classes a code's places are in: a row a class, a column a code, the shade the class's share of the code's places. Codes stand
/// by their commonest class, the purest first.
class ClassHeatMap : public CodeFigure
{
    Q_OBJECT

public:
    explicit ClassHeatMap(CurrentCode& current, QWidget* parent = nullptr);

    int codeAt(QPointF point) const override;
    std::function<std::string()> csv() const override;
    const std::vector<int>& order() const { return m_order; } ///< codes from left to right; those never used are not among them

protected:
    void tokensChanged() override;
    void draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const override;
    void drawLit(QPainter& painter, int code) const override;
    QString describe(QPointF point) const override;

private:
    QRectF plotArea(const QSizeF& size) const;
    double share(int code, int label) const;
    int classAt(QPointF point) const; ///< -1: none
    int classes() const { return static_cast<int>(tokens().set->classes.size()); }

    std::vector<int> m_order;
    QImage m_shares; // a pixel a cell
};

} // namespace melscope
