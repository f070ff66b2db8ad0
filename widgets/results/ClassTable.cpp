// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ClassTable.h"

#include "common/Figures.h"
#include "results/TextTableModel.h"
#include "statistics/ClassScores.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace melscope {
namespace {

struct ClassTable
{
    Q_DECLARE_TR_FUNCTIONS(ClassTable)
};

/// The class that most clips of `label` were taken for, with their number; empty where all were right.
QString mostTakenFor(const ConfusionMatrix& matrix, size_t label)
{
    std::vector<int> mistakes = matrix.counts[label];
    mistakes[label] = 0;
    const auto most = std::ranges::max_element(mistakes);
    if (*most == 0)
        return {};
    return ClassTable::tr("%1 (%2)").arg(QString::fromStdString(matrix.classes[static_cast<size_t>(most - mistakes.begin())])).arg(*most);
}

} // namespace

void showClassScores(TextTableModel& table, const ConfusionMatrix& matrix)
{
    const std::vector<ClassScore> scores = classScores(matrix.counts);
    std::vector<size_t> order(scores.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::stable_sort(order, {}, [&](size_t label) { return scores[label].clips > 0 ? scores[label].recall : 1.0; });
    std::vector<QStringList> rows;
    for (const size_t label : order) {
        const ClassScore& score = scores[label];
        rows.push_back({QString::fromStdString(matrix.classes[label]), QLocale().toString(score.clips), score.clips > 0 ? percentText(score.recall) : QString(),
                        percentText(score.precision), QLocale().toString(score.f1, 'f', 3), mostTakenFor(matrix, label)});
    }
    table.show({ClassTable::tr("Class"), ClassTable::tr("n"), ClassTable::tr("Recall"), ClassTable::tr("Precision"), ClassTable::tr("F1"),
                ClassTable::tr("Most often taken for")}, std::move(rows), {1, 2, 3, 4});
}

} // namespace melscope
