// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodeFigure.h"

namespace melscope {

/// How often each code is used, the commonest first, beside what even use would be.
class UsageFigure : public CodeFigure
{
    Q_OBJECT

public:
    explicit UsageFigure(CurrentCode& current, QWidget* parent = nullptr);

    int codeAt(QPointF point) const override;
    std::function<std::string()> csv() const override;
    QRectF barOf(int code) const; ///< in the widget's coordinates

protected:
    void tokensChanged() override;
    void draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const override;
    void drawLit(QPainter& painter, int code) const override;
    QString describe(QPointF point) const override;

private:
    QRectF plotArea(const QSizeF& size) const;
    QRectF bar(const QRectF& plot, int rank) const;

    std::vector<int> m_order; // codes, the commonest first
    double m_top = 1.0;       // of the axis
};

} // namespace melscope
