// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/ClipRows.h"

#include <QWidget>

#include <vector>

namespace melscope {

/// How many clips of each class stand in each fold, as one stacked bar a class. A click on a part asks for those clips,
/// on a class's name for the class, on a fold in the legend for the fold; a second click on the same takes it back.
class ClassBalance : public QWidget
{
    Q_OBJECT

public:
    explicit ClassBalance(QWidget* parent = nullptr);

    void setDataset(std::shared_ptr<const Dataset> dataset);
    void setFilter(const ClipFilter& filter); ///< the parts outside it are drawn faded

    int count(int label, int fold) const; ///< clips; fold as in Dataset::folds
    QRect partRect(int label, int fold) const; ///< of the widget; empty where there are none
    QRect nameRect(int label) const;
    QRect legendRect(int fold) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void cellClicked(std::optional<int> label, std::optional<int> fold);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Cell
    {
        std::optional<int> label;
        std::optional<int> fold;
    };
    std::optional<Cell> cellAt(const QPoint& point) const;
    QString describe(const Cell& cell) const;
    int foldIndex(int fold) const;
    int lineHeight() const;
    int nameWidth() const;
    int countWidth() const;
    int legendRows() const;
    void paintLegend(QPainter& painter) const;
    void paintClass(QPainter& painter, int label) const;

    std::shared_ptr<const Dataset> m_dataset;
    ClipFilter m_filter;
    std::vector<std::vector<int>> m_counts; ///< [label][index of fold]
    int m_largest = 1;                      ///< clips of the largest class
};

} // namespace melscope
