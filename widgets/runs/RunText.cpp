// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunText.h"

#include "common/Figures.h"

#include <QCoreApplication>
#include <QStringList>

namespace melscope {

QString runText(const RunRecord& run)
{
    int count = 0, correct = 0;
    QStringList folds;
    for (const FoldRecord& fold : run.results) {
        count += fold.count;
        correct += fold.correct;
        folds << QString::number(fold.fold);
    }
    const QString which = folds.size() == 1 ? QCoreApplication::translate("RunText", "fold %1") : QCoreApplication::translate("RunText", "folds %1");
    return QStringLiteral("%1 · %2 · %3 · %4").arg(QString::fromStdString(run.name), QString::fromStdString(run.recipeName),
                                                 which.arg(folds.join(QStringLiteral(", "))),
                                                 percentText(count > 0 ? static_cast<double>(correct) / count : 0.0));
}

} // namespace melscope
