// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Predictions.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace melscope {

/// Clips that a run got wrong, or those of one cell of its confusion matrix, the highest loss first.
class ClipErrorModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Clip, Fold, Truth, Predicted, Probability, Loss, ColumnCount };

    struct Cell
    {
        int label = 0;
        int predicted = 0;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `cell` none: all errors. With `tta` the averaged predictions count.
    void show(std::shared_ptr<const Predictions> predictions, std::vector<std::string> classes, bool tta, std::optional<Cell> cell);
    const ClipPrediction& clipAt(int row) const { return (*m_predictions)[m_rows[static_cast<size_t>(row)]]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString className(int label) const;
    int predictedBy(const ClipPrediction& clip) const { return m_tta ? clip.ttaPredicted : clip.predicted; }
    double lossOf(const ClipPrediction& clip) const; ///< nats, of the predictions that count

    std::shared_ptr<const Predictions> m_predictions;
    std::vector<std::string> m_classes;
    bool m_tta = false;
    std::vector<size_t> m_rows; // indices into m_predictions
};

} // namespace melscope
