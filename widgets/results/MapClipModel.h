// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/ModelMap.h"
#include "statistics/NearestNeighbours.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace melscope {

/// Some clips of a map in a given order, with or without their distance from another one.
class MapClipModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Clip, Distance, Fold, Truth, Predicted, Loss, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::shared_ptr<const ModelMap> map, std::vector<int> clips); ///< indices into the map's clips
    void showNeighbours(std::shared_ptr<const ModelMap> map, const std::vector<Neighbour>& neighbours); ///< rows of the map's features
    int clipAt(int row) const { return m_rows[static_cast<size_t>(row)].row; } ///< index into the map's clips

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant value(const Neighbour& row, int column, bool toSort) const;

    std::shared_ptr<const ModelMap> m_map;
    std::vector<Neighbour> m_rows;
};

} // namespace melscope
