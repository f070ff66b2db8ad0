// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/PretextDifficulty.h"

#include <QWidget>

namespace melscope {

/// One bar a descriptor from 0 to 100 %: top-1 accuracy, its 95 % interval as a whisker, what guessing finds as a tick, and the
/// range to aim at shaded.
class DifficultyBars : public QWidget
{
    Q_OBJECT

public:
    explicit DifficultyBars(QWidget* parent = nullptr);

    void setDifficulty(const PretextDifficulty& difficulty);
    void setStale(bool stale); ///< drawn faint: measured under another chain
    QRectF barRect(int row) const; ///< the filled part

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const { return fontMetrics().height() * 8 / 5; }
    QRectF scale(int row) const; ///< where 0 to 100 % lie
    void drawRow(QPainter& painter, int row) const;

    PretextDifficulty m_difficulty;
    bool m_stale = false;
};

/// "Band energies" for "bands", ...
QString descriptorTitle(const std::string& descriptor);

} // namespace melscope
