// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/MapClipModel.h"

#include <QLocale>

namespace melscope {

void MapClipModel::show(std::shared_ptr<const ModelMap> map, std::vector<int> clips)
{
    std::vector<Neighbour> rows;
    for (const int clip : clips)
        rows.push_back({.row = clip});
    showNeighbours(std::move(map), rows);
}

void MapClipModel::showNeighbours(std::shared_ptr<const ModelMap> map, const std::vector<Neighbour>& neighbours)
{
    beginResetModel();
    m_map = std::move(map);
    m_rows = neighbours;
    endResetModel();
}

int MapClipModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MapClipModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MapClipModel::value(const Neighbour& row, int column, bool toSort) const
{
    const MappedClip& clip = m_map->clips[static_cast<size_t>(row.row)];
    const auto name = [this](int label) { return QString::fromStdString(m_map->classes.at(static_cast<size_t>(label))); };
    const auto number = [toSort](double value, int digits) -> QVariant {
        return toSort ? QVariant(value) : QVariant(QLocale().toString(value, 'f', digits));
    };
    switch (column) {
    case Clip: return QString::fromStdString(clip.name);
    case Distance: return number(row.distance, 2);
    case Fold: return clip.fold;
    case Truth: return name(clip.label);
    case Predicted: return clip.heldOut() ? name(clip.predicted) : tr("(trained on)");
    case Loss: return clip.heldOut() ? number(clip.loss, 2) : toSort ? QVariant(-1.0) : QVariant();
    default: return {};
    }
}

QVariant MapClipModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && (index.column() == Distance || index.column() == Fold || index.column() == Loss))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != SortRole)
        return {};
    return value(m_rows[static_cast<size_t>(index.row())], index.column(), role == SortRole);
}

QVariant MapClipModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Clip: return tr("Clip");
    case Distance: return tr("Distance");
    case Fold: return tr("Fold");
    case Truth: return tr("Is");
    case Predicted: return tr("Taken for");
    case Loss: return tr("Loss");
    default: return {};
    }
}

} // namespace melscope
