// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <QWidget>

#include <optional>

namespace melscope {

/// A confusion matrix, true classes downwards, predicted ones to the right; shade is the share of the row. The pointer reads a
/// cell, a click (or arrows and Return) chooses it, a double click (or Return again) activates it.
class ConfusionMatrixView : public QWidget
{
    Q_OBJECT

public:
    struct Cell
    {
        int label = 0;
        int predicted = 0;
        bool operator==(const Cell&) const = default;
    };

    explicit ConfusionMatrixView(QWidget* parent = nullptr);

    void setMatrix(const ConfusionMatrix& matrix); ///< forgets the chosen cell
    void setNormalised(bool on);                   ///< per cent of the true class instead of clips
    void choose(std::optional<Cell> cell);
    std::optional<Cell> chosen() const { return m_chosen; }
    QRect cellRect(const Cell& cell) const;
    std::optional<Cell> cellAt(const QPoint& position) const;
    QString describe(const Cell& cell) const; ///< "3 of 8 clips of rain were taken for sea waves"

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void cellChosen(int label, int predicted);
    void cellActivated(int label, int predicted); ///< by a double click, or Return on the chosen one
    void hovered(const QString& description); ///< empty when the pointer leaves the cells

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    int classes() const { return static_cast<int>(m_matrix.counts.size()); }
    int count(const Cell& cell) const;
    int rowTotal(int label) const;
    int labelSpace() const; ///< pixels for class names, on both sides
    double cellSize() const;
    QFont labelFont() const;
    void drawLabels(QPainter& painter) const;
    void drawCell(QPainter& painter, const Cell& cell) const;
    void setCurrent(const Cell& cell);

    ConfusionMatrix m_matrix;
    bool m_normalised = false;
    std::optional<Cell> m_chosen;
    std::optional<Cell> m_current; ///< under pointer or keyboard
};

} // namespace melscope
