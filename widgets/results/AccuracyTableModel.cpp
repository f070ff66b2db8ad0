// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/AccuracyTableModel.h"

#include "common/Figures.h"
#include "runs/AccuracyCells.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

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
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "95 % interval"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Wilson's interval: with this many clips the true accuracy lies in it 19 times out of 20. The tick is the figure published for ESC-50.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Mean ± sd"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Mean and sample standard deviation over the folds.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "With TTA"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Accuracy when the predictions for several augmented views of each clip are averaged (test-time augmentation).")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Published (ESC-50)"), QT_TRANSLATE_NOOP("AccuracyTableModel", "What was published for ESC-50: one fold, 400 clips, no seeds named. In brackets with TTA.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Parameters"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Trainable numbers in the network.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Time a fold"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Training and validation of one fold on this machine.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Selected by"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Which epoch's weights the figure belongs to. Never the epoch that is best on the held-out clips.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "TTA gain"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Points that test-time augmentation adds on the same clips.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Macro-F1"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Mean over classes of the harmonic mean of precision and recall: small classes count as much as large ones.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Against baseline"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Points above or below the baseline on the clips both predicted, with the p of McNemar's exact test. Right-click a row to make it the baseline.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "By fold"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Accuracy of each held-out fold in per cent.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Bootstrap"), QT_TRANSLATE_NOOP("AccuracyTableModel", "95 % interval by drawing whole source recordings with replacement: clips cut from one recording are alike.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Peeked"), QT_TRANSLATE_NOOP("AccuracyTableModel", "What the epoch that is best on the held-out clips themselves would have claimed. Not a result: it was chosen by looking.")},
    {QT_TRANSLATE_NOOP("AccuracyTableModel", "Seeds"), QT_TRANSLATE_NOOP("AccuracyTableModel", "Start values of the random numbers it was trained with.")},
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

QString pointsText(double share)
{
    return (share < 0.0 ? QStringLiteral("−") : QStringLiteral("+")) + QLocale().toString(percentTenths(std::abs(share)), 'f', 1);
}

QString pText(double p)
{
    return p < 0.001 ? QStringLiteral("p < 0.001") : QStringLiteral("p ") + QLocale().toString(p, 'f', 3);
}

QString differenceText(const AccuracyRow& row)
{
    if (row.isBaseline)
        return AccuracyTableModel::tr("baseline");
    return row.difference ? AccuracyTableModel::tr("%1 (%2)").arg(pointsText(row.difference->difference), pText(row.difference->p)) : QString();
}

QString byFoldText(const AccuracyRow& row)
{
    QStringList figures;
    for (const double accuracy : row.foldAccuracies)
        figures << QLocale().toString(accuracy * 100.0, 'f', 1);
    return figures.join(QStringLiteral(" / "));
}

/// What a column sorts by; NaN where there is no figure. Text columns are not asked.
double sortFigure(const AccuracyRow& row, int column)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (column == AccuracyTableModel::Published)
        return row.publishedAccuracy;
    if (row.runs.empty())
        return none;
    switch (column) {
    case AccuracyTableModel::Clips: return row.count;
    case AccuracyTableModel::Accuracy: return row.accuracy;
    case AccuracyTableModel::Range: return row.interval.low;
    case AccuracyTableModel::OverFolds: return row.overFolds.mean;
    case AccuracyTableModel::Tta: return row.ttaViews > 0 ? row.ttaAccuracy : none;
    case AccuracyTableModel::Parameters: return static_cast<double>(row.parameters);
    case AccuracyTableModel::Time: return row.secondsPerFold;
    case AccuracyTableModel::TtaGain: return row.figures && row.figures->ttaGain ? *row.figures->ttaGain : none;
    case AccuracyTableModel::MacroF1: return row.figures ? row.figures->macroF1 : none;
    case AccuracyTableModel::Difference: return row.isBaseline ? 0.0 : row.difference ? row.difference->difference : none;
    case AccuracyTableModel::Bootstrap: return row.figures ? row.figures->bootstrap.low : none;
    case AccuracyTableModel::Peeked: return row.figures && row.figures->peekedAccuracy ? *row.figures->peekedAccuracy : none;
    default: return none;
    }
}

bool isTextColumn(int column)
{
    using Table = AccuracyTableModel;
    return column == Table::Method || column == Table::Recipe || column == Table::Weights || column == Table::Dataset || column == Table::Folds || column == Table::Selection
           || column == Table::ByFold || column == Table::Seeds;
}

/// A tenth below the lowest figure, so that intervals of a few points can be seen.
double scaleBegin(const std::vector<AccuracyRow>& rows)
{
    double lowest = 1.0;
    for (const AccuracyRow& row : rows) {
        if (wasRun(row))
            lowest = std::min(lowest, row.interval.low);
        if (row.publishedAccuracy > 0.0)
            lowest = std::min(lowest, row.publishedAccuracy);
    }
    return std::max(0.0, std::floor((lowest - 0.02) * 10.0) / 10.0);
}

QString foldsText(const std::vector<int>& folds)
{
    QStringList names;
    for (const int fold : folds)
        names << QString::number(fold);
    return names.join(QStringLiteral(", "));
}

} // namespace

QString AccuracyTableModel::columnKey(int column)
{
    return QLatin1String(headings[static_cast<size_t>(column)].title);
}

void AccuracyTableModel::setRows(std::vector<AccuracyRow> rows)
{
    beginResetModel();
    m_given = std::move(rows);
    m_scaleBegin = scaleBegin(m_given);
    applySort();
    endResetModel();
}

void AccuracyTableModel::sort(int column, Qt::SortOrder order)
{
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    applySort();
    endResetModel();
}

void AccuracyTableModel::applySort()
{
    m_rows = m_given;
    if (m_sortColumn < 0)
        return;
    const bool ascending = m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](const AccuracyRow& a, const AccuracyRow& b) {
        if (isTextColumn(m_sortColumn)) {
            const int order = QString::localeAwareCompare(text(a, m_sortColumn), text(b, m_sortColumn));
            return ascending ? order < 0 : order > 0;
        }
        const double first = sortFigure(a, m_sortColumn), second = sortFigure(b, m_sortColumn);
        if (std::isnan(first) || std::isnan(second))
            return !std::isnan(first) && std::isnan(second);
        return ascending ? first < second : first > second;
    });
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
    case TtaGain: return row.figures && row.figures->ttaGain ? pointsText(*row.figures->ttaGain) : QString();
    case MacroF1: return row.figures ? QLocale().toString(row.figures->macroF1, 'f', 3) : QString();
    case Difference: return differenceText(row);
    case ByFold: return byFoldText(row);
    case Bootstrap: return row.figures ? intervalText(row.figures->bootstrap) : QString();
    case Peeked: return row.figures && row.figures->peekedAccuracy ? tr("%1, peeked").arg(percentText(*row.figures->peekedAccuracy)) : QString();
    case Seeds: {
        QStringList seeds;
        for (const uint64_t seed : row.seeds)
            seeds << QString::number(seed);
        return seeds.join(QStringLiteral(", "));
    }
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
        const bool isNumber = !isTextColumn(column) && column != Range;
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole:
        if (column == Recipe && wasRun(row))
            return QString::fromStdString(row.recipe);
        if (column == Range)
            return tr("The line runs from %1 to 100 %: the dot is the accuracy, the bar its 95 % interval, the tick the figure published for ESC-50.")
                .arg(percentText(m_scaleBegin));
        if (column == Tta && row.ttaViews > 0)
            return tr("Views: %1; 95 % interval %2").arg(row.ttaViews).arg(intervalText(row.ttaInterval));
        if (column == Weights && !row.weights.empty())
            return tr("%1, trained on: %2\nSHA-256 %3").arg(QString::fromStdString(row.weights), QString::fromStdString(row.trainedOn),
                                                           QString::fromStdString(row.weightsSha256));
        if (column == Difference && row.difference)
            return tr("On %1 common clips: %2 right only here, %3 only in the baseline; 95 % of the difference %4")
                .arg(row.difference->counts.count()).arg(row.difference->counts.onlyFirst).arg(row.difference->counts.onlySecond)
                .arg(intervalText(row.difference->interval));
        if (column == Bootstrap && row.figures)
            return row.figures->sources > 0 ? tr("Drawn from %1 source recordings").arg(row.figures->sources)
                                            : tr("Drawn clip by clip: the source recordings are not known, so it may be too narrow");
        if (column == Accuracy && wasRun(row))
            return tr("Runs: %1; 95 % interval %2").arg(row.runs.size()).arg(intervalText(row.interval));
        return {};
    case AccuracyRole:
    case LowRole:
    case HighRole:
    case PublishedRole: return figure(row, role);
    case ScaleRole: return m_scaleBegin;
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
