// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunList.h"

#include <QAbstractTableModel>

#include <vector>

namespace melscope {

/// One line per run and fold: how much of a figure is the fold, how much the seed.
class FoldTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Run, Seed, Fold, Clips, Accuracy, Range, Tta, Epochs, Time, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const RunList& runs);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        std::string run;
        uint64_t seed = 0;
        FoldRecord result;
    };
    std::vector<Row> m_rows;
};

} // namespace melscope
