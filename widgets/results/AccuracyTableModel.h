// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <QAbstractTableModel>

#include <vector>

namespace melscope {

/// The accuracy table's rows. Methods that were not run are there too, muted, and say so.
class AccuracyTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Method, Recipe, Weights, Dataset, Clips, Folds, Accuracy, Range, OverFolds, Tta, Published, Parameters, Time, Selection,
        TtaGain, MacroF1, Difference, ByFold, Bootstrap, Peeked, Seeds, ColumnCount
    };
    enum Role {
        AccuracyRole = Qt::UserRole, ///< doubles in [0, 1]; invalid where nothing was run
        LowRole,
        HighRole,
        PublishedRole,
        ScaleRole, ///< where the line that the intervals stand on begins: below every figure of the table
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// The column's name in settings files: stays the same in every language and wherever the column stands.
    static QString columnKey(int column);

    void setRows(std::vector<AccuracyRow> rows);
    const std::vector<AccuracyRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// By a column's figure, rows without one last; column -1: in the order of the methods. Kept for the next rows.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void applySort();
    static QString text(const AccuracyRow& row, int column);
    static QVariant figure(const AccuracyRow& row, int role);

    std::vector<AccuracyRow> m_given; ///< in the order of the methods
    std::vector<AccuracyRow> m_rows;
    int m_sortColumn = -1;
    double m_scaleBegin = 0.0;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace melscope
