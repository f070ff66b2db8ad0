// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/PretextDifficulty.h"

#include <QAbstractTableModel>

namespace melscope {

/// How a chain's pretext difficulty moves with each of its augmentations ticked off, in the order in which they act. The last
/// column says which descriptor is the easiest then, and by how much easier than the easiest of the whole chain.
class DifficultyModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Without, Bands, Envelope, Both, Easiest, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void begin(const PretextDifficulty& whole); ///< no rows yet
    void add(const QString& without, const PretextDifficulty& difficulty);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString without;
        PretextDifficulty difficulty;
    };
    QString easiestText(const Row& row) const;
    QString tip(const Row& row, int column) const;

    DescriptorScore m_easiest; // under the whole chain
    std::vector<Row> m_rows;
};

} // namespace melscope
