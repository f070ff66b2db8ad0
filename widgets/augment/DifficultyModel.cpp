// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/DifficultyModel.h"

#include "common/Figures.h"

#include <QLocale>

namespace melscope {

void DifficultyModel::begin(const PretextDifficulty& whole)
{
    beginResetModel();
    m_rows.clear();
    m_whole = whole.easiest().top1;
    endResetModel();
}

void DifficultyModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void DifficultyModel::add(const QString& without, const PretextDifficulty& difficulty)
{
    const int row = static_cast<int>(m_rows.size());
    beginInsertRows({}, row, row);
    m_rows.push_back({.without = without, .difficulty = difficulty});
    endInsertRows();
}

int DifficultyModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DifficultyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DifficultyModel::changeText(const Row& row) const
{
    const double points = 100.0 * (row.difficulty.easiest().top1 - m_whole);
    const QString size = QLocale().toString(std::abs(points), 'f', 1);
    return points > 0.05 ? QStringLiteral("+%1").arg(size) : points < -0.05 ? QStringLiteral("−%1").arg(size) : QLocale().toString(0.0, 'f', 1);
}

QVariant DifficultyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole && column != Without)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && column >= Bands && column <= Both)
        return tr("95 %: %1").arg(intervalText(row.difficulty.scores[static_cast<size_t>(column - Bands)].interval));
    if (role != Qt::DisplayRole)
        return {};
    if (column == Without)
        return row.without;
    return column == Change ? changeText(row) : percentText(row.difficulty.scores[static_cast<size_t>(column - Bands)].top1);
}

QVariant DifficultyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == Without ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Change)
        return tr("By how many percentage points the easiest way grows when this augmentation is ticked off. Large: it is what "
                  "makes the task hard. Near zero: the chain does as well without it.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Without: return tr("Without");
    case Bands: return tr("Bands");
    case Envelope: return tr("Envelope");
    case Both: return tr("Both");
    case Change: return tr("Change");
    default: return {};
    }
}

} // namespace melscope
