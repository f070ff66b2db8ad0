// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ClassTableModel.h"

#include "common/Figures.h"
#include "statistics/ClassScores.h"

#include <QLocale>

#include <algorithm>

namespace melscope {

void ClassTableModel::setMatrix(const ConfusionMatrix& matrix)
{
    beginResetModel();
    m_classes = matrix.classes;
    m_rows.clear();
    const std::vector<ClassScore> scores = classScores(matrix.counts);
    for (size_t label = 0; label < matrix.counts.size(); ++label) {
        Row row{.label = static_cast<int>(label), .precision = scores[label].precision, .f1 = scores[label].f1};
        for (size_t predicted = 0; predicted < matrix.counts[label].size(); ++predicted) {
            const int count = matrix.counts[label][predicted];
            row.clips += count;
            if (predicted == label)
                row.correct = count;
            else if (count > row.mistakes)
                row.mistakes = count, row.mistakenFor = static_cast<int>(predicted);
        }
        m_rows.push_back(row);
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row& a, const Row& b) { return a.accuracy() < b.accuracy(); });
    endResetModel();
}

int ClassTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClassTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() >= Clips && index.column() <= F1)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Class: return QString::fromStdString(m_classes[static_cast<size_t>(row.label)]);
    case Clips: return QLocale().toString(row.clips);
    case Accuracy: return row.clips > 0 ? percentText(row.accuracy()) : QString();
    case Precision: return percentText(row.precision);
    case F1: return QLocale().toString(row.f1, 'f', 3);
    case MostTakenFor:
        return row.mistakenFor < 0 ? QString()
                                   : tr("%1 (%2)").arg(QString::fromStdString(m_classes[static_cast<size_t>(row.mistakenFor)])).arg(row.mistakes);
    default: return {};
    }
}

QVariant ClassTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Class: return tr("Class");
    case Clips: return tr("n");
    case Accuracy: return tr("Recall");
    case Precision: return tr("Precision");
    case F1: return tr("F1");
    case MostTakenFor: return tr("Most often taken for");
    default: return {};
    }
}

} // namespace melscope
