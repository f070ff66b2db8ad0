// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/AccuracyTableModel.h"

#include "common/Figures.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

#include <array>
#include <cmath>

namespace melscope {
namespace {

struct Heading
{
    const char* title;
    const char* help;
};

constexpr std::array<Heading, AccuracyTableModel::ColumnCount> headings{{
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Method"), QT_TRANSLATE_NOOP("AccuracyTableModel", "One of the seven experiments.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Recipe"), QT_TRANSLATE_NOOP("AccuracyTableModel", "The complete set of values it was trained with.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Weights"), QT_TRANSLATE_NOOP("AccuracyTableModel", "What the pretrained weights that the network's body started from were trained on. It decides much of the accuracy.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Dataset"), QT_TRANSLATE_NOOP("AccuracyTableModel", "The clips it was trained and tested on.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "n"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Held-out clips, all folds and seeds together.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Folds"), QT_TRANSLATE_NOOP("AccuracyTableModel", "The folds that were held out, one after the other.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Accuracy"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Share of held-out clips classified correctly, by the weights that the rule at the right names.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "95 % interval"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Wilson's interval: with this many clips the true accuracy lies in it 19 times out of 20. The tick is the published figure.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Mean ± sd"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Mean and sample standard deviation over the folds.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "With TTA"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Accuracy when the predictions for several augmented views of each clip are averaged (test-time augmentation).")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Published"), QT_TRANSLATE_NOOP("AccuracyTableModel", "What was published for ESC-50: one fold, 400 clips, no seeds named. In brackets with TTA.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Parameters"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Trainable numbers in the network.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Time a fold"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Training and validation of one fold on this machine.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Selected by"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Which epoch's weights the figure belongs to. Never the epoch that is best on the held-out clips.")},
}};

bool wasRun(const AccuracyRow& row)
{
    return !row.runs.empty();
}

/// With as many places as were published: one, or two where the second is not zero.
QString publishedText(double share)
{
    const bool inTenths = std::abs(share * 1000.0 - std::round(share * 1000.0)) < 1e-6;
    return inTenths ? percentText(share) : QString(QLocale().toString(share * 100.0, 'f', 2) + QStringLiteral(" %"));
}

QString foldsText(const std::vector<int>& folds)
{
    QStringList names;
    for (const int fold : folds)
        names << QString::number(fold);
    return names.join(QStringLiteral(", "));
}

} // namespace

void AccuracyTableModel::setRows(std::vector<AccuracyRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int AccuracyTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AccuracyTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString AccuracyTableModel::text(const AccuracyRow& row, int column)
{
    if (column == Method)
        return QString::fromStdString(row.title);
    if (column == Published)
        return row.publishedTtaAccuracy > 0.0 ? tr("%1 (%2)").arg(publishedText(row.publishedAccuracy), publishedText(row.publishedTtaAccuracy))
                                              : publishedText(row.publishedAccuracy);
    if (!wasRun(row))
        return column == Recipe ? (row.available ? tr("not run yet") : tr("not in this version yet")) : QString();
    switch (column) {
    case Recipe: return QString::fromStdString(row.recipe);
    case Weights:
        return row.weights.empty() ? tr("from scratch") : tr("%1: %2").arg(QString::fromStdString(row.trainedOn), QString::fromStdString(row.weights));
    case Dataset: return QString::fromStdString(row.dataset);
    case Clips: return QLocale().toString(row.count);
    case Folds: return foldsText(row.folds);
    case Accuracy: return percentText(row.accuracy);
    case Range: return intervalText(row.interval);
    case OverFolds:
        return std::isfinite(row.overFolds.deviation) ? tr("%1 ± %2").arg(percentText(row.overFolds.mean), QLocale().toString(row.overFolds.deviation * 100.0, 'f', 1))
                                                      : tr("one fold");
    case Tta: return row.ttaViews > 0 ? percentText(row.ttaAccuracy) : tr("none");
    case Parameters: return QLocale().toString(static_cast<qlonglong>(row.parameters));
    case Time: return timeText(row.secondsPerFold);
    case Selection: return QString::fromStdString(row.selection);
    default: return {};
    }
}

QVariant AccuracyTableModel::figure(const AccuracyRow& row, int role)
{
    if (role == PublishedRole)
        return row.publishedAccuracy;
    if (!wasRun(row))
        return {};
    return role == AccuracyRole ? row.accuracy : role == LowRole ? row.interval.low : row.interval.high;
}

QVariant AccuracyTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AccuracyRow& row = m_rows[static_cast<size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::ForegroundRole:
        return wasRun(row) ? QVariant() : QVariant(QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text));
    case Qt::TextAlignmentRole: {
        const bool isNumber = column >= Clips && column <= Time && column != Folds && column != Range;
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole:
        if (column == Tta && row.ttaViews > 0)
            return tr("Views: %1; 95 % interval %2").arg(row.ttaViews).arg(intervalText(row.ttaInterval));
        if (column == Weights && !row.weights.empty())
            return tr("%1, trained on: %2\nSHA-256 %3").arg(QString::fromStdString(row.weights), QString::fromStdString(row.trainedOn),
                                                           QString::fromStdString(row.weightsSha256));
        if (column == Accuracy && wasRun(row))
            return tr("Runs: %1; 95 % interval %2").arg(row.runs.size()).arg(intervalText(row.interval));
        return {};
    case AccuracyRole:
    case LowRole:
    case HighRole:
    case PublishedRole: return figure(row, role);
    default: return {};
    }
}

QVariant AccuracyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const Heading& heading = headings[static_cast<size_t>(section)];
    if (role == Qt::DisplayRole)
        return tr(heading.title);
    return role == Qt::ToolTipRole ? QVariant(tr(heading.help)) : QVariant();
}

} // namespace melscope
