// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodeFigure.h"

namespace melscope {

/// Where in time and frequency a code is used; without a current code, where the clips are silent.
class PositionFigure : public CodeFigure
{
    Q_OBJECT

public:
    explicit PositionFigure(CurrentCode& current, QWidget* parent = nullptr);

    int codeAt(QPointF) const override { return -1; } ///< places have no code of their own
    std::function<std::string()> csv() const override;
    /// [row, column]: how many of the clips that the statistics look at have the code there.
    CountTable countsOf(int code) const;

protected:
    void tokensChanged() override;
    void draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const override;
    void drawLit(QPainter& painter, int code) const override;
    QString describe(QPointF point) const override;

private:
    QRectF plotArea(const QSizeF& size) const;
    void drawCounts(QPainter& painter, const QSizeF& size, const ThemeColours& theme, const CountTable& counts, const QString& what) const;

    std::vector<bool> m_lookedAt; // [clip]
};

} // namespace melscope
