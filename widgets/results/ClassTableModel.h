// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <QAbstractTableModel>

namespace melscope {

/// Accuracy (the recall of a class), precision and F1 class by class, from a confusion matrix; the worst first.
class ClassTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Class, Clips, Accuracy, Precision, F1, MostTakenFor, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setMatrix(const ConfusionMatrix& matrix);
    int labelAt(int row) const { return m_rows[static_cast<size_t>(row)].label; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        int label = 0;
        int clips = 0;
        int correct = 0;
        double precision = 0.0;
        double f1 = 0.0;
        int mistakenFor = -1; ///< label, -1 where every clip was right
        int mistakes = 0;     ///< that many times
        double accuracy() const { return clips > 0 ? static_cast<double>(correct) / clips : 1.0; }
    };
    std::vector<std::string> m_classes;
    std::vector<Row> m_rows;
};

} // namespace melscope
