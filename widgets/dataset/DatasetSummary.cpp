// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetSummary.h"

#include "common/DurationText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace melscope {
namespace {

QString text(const char* sentence, int n = -1)
{
    return QCoreApplication::translate("DatasetSummary", sentence, nullptr, n);
}

QString layoutText(const std::string& layout)
{
    if (layout == "esc50")
        return text(QT_TRANSLATE_NOOP("DatasetSummary", "ESC-50 layout"));
    if (layout == "urbansound8k")
        return text(QT_TRANSLATE_NOOP("DatasetSummary", "UrbanSound8K layout"));
    if (layout == "folders")
        return text(QT_TRANSLATE_NOOP("DatasetSummary", "one folder a class"));
    return layout == "csv" ? text(QT_TRANSLATE_NOOP("DatasetSummary", "CSV table")) : QString::fromStdString(layout);
}

QString counted(int n, const char* one, const char* many)
{
    return n == 1 ? text(one) : text(many).arg(QLocale().toString(n));
}

} // namespace

QString datasetSummary(const Dataset& dataset, std::optional<double> seconds)
{
    QStringList parts;
    parts << counted(static_cast<int>(dataset.clips.size()), QT_TRANSLATE_NOOP("DatasetSummary", "1 clip"), QT_TRANSLATE_NOOP("DatasetSummary", "%1 clips"))
          << counted(static_cast<int>(dataset.classes.size()), QT_TRANSLATE_NOOP("DatasetSummary", "1 class"), QT_TRANSLATE_NOOP("DatasetSummary", "%1 classes"));
    const QString folds = counted(static_cast<int>(dataset.folds.size()), QT_TRANSLATE_NOOP("DatasetSummary", "1 fold"), QT_TRANSLATE_NOOP("DatasetSummary", "%1 folds"));
    parts << (dataset.foldsAreOwn ? text(QT_TRANSLATE_NOOP("DatasetSummary", "%1, the dataset's own")).arg(folds)
                                  : text(QT_TRANSLATE_NOOP("DatasetSummary", "%1, made by Melscope (stratified, sources kept together)")).arg(folds));
    if (seconds)
        parts << durationText(*seconds);
    parts << layoutText(dataset.layout);
    return parts.join(QStringLiteral(" · "));
}

} // namespace melscope
