// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/FoldTableModel.h"

#include "common/Figures.h"

#include <QLocale>

#include <cmath>

namespace melscope {

void FoldTableModel::setRuns(const RunList& runs)
{
    beginResetModel();
    m_rows.clear();
    for (const RunRecord& run : runs)
        for (const FoldRecord& result : run.results)
            m_rows.push_back({.run = run.name, .seed = run.seed, .result = result});
    endResetModel();
}

int FoldTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FoldTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FoldTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    const FoldRecord& result = row.result;
    if (role == Qt::TextAlignmentRole && index.column() != Run && index.column() != Time)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const auto share = [&](int correct) { return result.count > 0 ? static_cast<double>(correct) / result.count : std::nan(""); };
    switch (index.column()) {
    case Run: return QString::fromStdString(row.run);
    case Seed: return QString::number(row.seed);
    case Fold: return QString::number(result.fold);
    case Clips: return QLocale().toString(result.count);
    case Accuracy: return percentText(share(result.correct));
    case Range: return intervalText(wilsonInterval(result.correct, result.count));
    case Tta: return result.ttaViews > 0 ? percentText(share(result.ttaCorrect)) : tr("none");
    case Epochs: return QLocale().toString(result.epochsTrained);
    case Time: return timeText(result.seconds);
    default: return {};
    }
}

QVariant FoldTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Run: return tr("Run");
    case Seed: return tr("Seed");
    case Fold: return tr("Fold");
    case Clips: return tr("n");
    case Accuracy: return tr("Accuracy");
    case Range: return tr("95 % interval");
    case Tta: return tr("With TTA");
    case Epochs: return tr("Epochs");
    case Time: return tr("Time");
    default: return {};
    }
}

} // namespace melscope
