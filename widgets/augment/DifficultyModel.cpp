// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/DifficultyModel.h"

#include "common/Figures.h"

#include <QLocale>

#include <cmath>

namespace melscope {
namespace {

QString shortTitle(const std::string& descriptor)
{
    if (descriptor == "bands")
        return DifficultyModel::tr("bands");
    return descriptor == "envelope" ? DifficultyModel::tr("envelope") : DifficultyModel::tr("both");
}

} // namespace

void DifficultyModel::begin(const PretextDifficulty& whole)
{
    beginResetModel();
    m_rows.clear();
    m_easiest = whole.easiest();
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

QString DifficultyModel::easiestText(const Row& row) const
{
    const DescriptorScore& easiest = row.difficulty.easiest();
    const double points = 100.0 * (easiest.top1 - m_easiest.top1);
    const QString sign = points > 0.05 ? QStringLiteral("+") : points < -0.05 ? QStringLiteral("−") : QString();
    return QStringLiteral("%1 %2%3").arg(shortTitle(easiest.descriptor), sign, QLocale().toString(std::abs(points), 'f', 1));
}

QString DifficultyModel::tip(const Row& row, int column) const
{
    if (column == Easiest) {
        const DescriptorScore& easiest = row.difficulty.easiest();
        return tr("The whole chain is easiest by %1, %2; without this augmentation by %3, %4.")
            .arg(shortTitle(m_easiest.descriptor), percentText(m_easiest.top1), shortTitle(easiest.descriptor), percentText(easiest.top1));
    }
    return tr("95 %: %1").arg(intervalText(row.difficulty.scores[static_cast<size_t>(column - Bands)].interval));
}

QVariant DifficultyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole && column != Without)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && column != Without)
        return tip(row, column);
    if (role != Qt::DisplayRole)
        return {};
    if (column == Without)
        return row.without;
    return column == Easiest ? easiestText(row) : percentText(row.difficulty.scores[static_cast<size_t>(column - Bands)].top1);
}

QVariant DifficultyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == Without ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Easiest)
        return tr("Which descriptor is the easiest without this augmentation, and by how many percentage points it is easier than the easiest of "
                  "the whole chain. Large: the augmentation is what makes the task hard. Near zero: the chain does as well without it.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Without: return tr("Without");
    case Bands: return tr("Bands");
    case Envelope: return tr("Envelope");
    case Both: return tr("Both");
    case Easiest: return tr("Easiest");
    default: return {};
    }
}

} // namespace melscope
