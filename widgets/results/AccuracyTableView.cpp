// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/AccuracyTableView.h"

#include "results/AccuracyTableModel.h"
#include "results/IntervalDelegate.h"

#include <QHeaderView>
#include <QMenu>
#include <QSettings>

#include <algorithm>

namespace melscope {
namespace {

constexpr int widestColumn = 260; // pixels
constexpr int mostRows = 9;       // seen at once before somebody asks for more: what lies below needs its room
const QString shownKey = QStringLiteral("results/columns"), hiddenKey = QStringLiteral("results/hidden-columns");
const QString sortKey = QStringLiteral("results/sorted-by"), orderKey = QStringLiteral("results/sort-order");

} // namespace

AccuracyTableView::AccuracyTableView(AccuracyTableModel& model, QWidget* parent) : QTableView(parent)
{
    setModel(&model);
    setAccessibleName(tr("Accuracy table"));
    setItemDelegateForColumn(AccuracyTableModel::Range, new IntervalDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setResizeContentsPrecision(50); // by the first rows in sight, not by two thousand
    // The rest is a right click away: what few ask for would push what all ask for off the screen.
    for (const int column : {AccuracyTableModel::ByFold, AccuracyTableModel::Bootstrap, AccuracyTableModel::Peeked, AccuracyTableModel::Seeds})
        setColumnHidden(column, true);
    for (const int column : {AccuracyTableModel::TtaGain, AccuracyTableModel::MacroF1, AccuracyTableModel::Difference})
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), horizontalHeader()->visualIndex(AccuracyTableModel::Published));
    // Figures before what they were made with.
    for (const int column : {AccuracyTableModel::Weights, AccuracyTableModel::Dataset})
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), horizontalHeader()->visualIndex(AccuracyTableModel::Published));
    horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
    horizontalHeader()->setSortIndicatorClearable(true);
    setSortingEnabled(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &AccuracyTableView::chooseColumns);
    connect(this, &QWidget::customContextMenuRequested, this, &AccuracyTableView::offerBaseline);
    connect(&model, &QAbstractItemModel::modelReset, this, &AccuracyTableView::fitColumns);
    fitColumns();
}

void AccuracyTableView::fitColumns()
{
    resizeColumnsToContents();
    // A recipe's name lists what was changed in it: the tool tip has the rest.
    for (int column = 0; column < model()->columnCount(); ++column)
        setColumnWidth(column, std::min(columnWidth(column), widestColumn));
    updateGeometry();
}

void AccuracyTableView::remember(QSettings& settings) const
{
    QStringList shown, hidden;
    for (int column = 0; column < model()->columnCount(); ++column)
        (isColumnHidden(column) ? hidden : shown) << AccuracyTableModel::columnKey(column);
    settings.setValue(shownKey, shown);
    settings.setValue(hiddenKey, hidden);
    const int sorted = horizontalHeader()->sortIndicatorSection();
    const bool isSorted = sorted >= 0 && sorted < model()->columnCount();
    settings.setValue(sortKey, isSorted ? AccuracyTableModel::columnKey(sorted) : QString());
    settings.setValue(orderKey, static_cast<int>(horizontalHeader()->sortIndicatorOrder()));
}

void AccuracyTableView::recall(const QSettings& settings)
{
    const QStringList shown = settings.value(shownKey).toStringList(), hidden = settings.value(hiddenKey).toStringList();
    const QString sorted = settings.value(sortKey).toString();
    for (int column = 0; column < model()->columnCount(); ++column) {
        const QString key = AccuracyTableModel::columnKey(column);
        if (shown.contains(key) || hidden.contains(key))
            setColumnHidden(column, hidden.contains(key) && column != AccuracyTableModel::Method);
        if (key == sorted)
            sortByColumn(column, settings.value(orderKey).toInt() == Qt::DescendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

void AccuracyTableView::chooseColumns(const QPoint& position)
{
    QMenu menu(this);
    addColumns(menu);
    menu.exec(horizontalHeader()->mapToGlobal(position));
}

void AccuracyTableView::addColumns(QMenu& menu)
{
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (column == AccuracyTableModel::Method)
            continue; // without it no row says what it is
        QAction* action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            fitColumns();
        });
    }
}

bool AccuracyTableView::canBeBaseline() const
{
    const auto* table = static_cast<const AccuracyTableModel*>(model());
    const int row = currentIndex().row();
    if (row < 0 || row >= table->rowCount())
        return false;
    const AccuracyRow& chosen = table->rows()[static_cast<size_t>(row)];
    return !chosen.runs.empty() && !chosen.isBaseline;
}

void AccuracyTableView::requestBaseline()
{
    if (canBeBaseline())
        Q_EMIT baselineRequested(currentIndex().row());
}

void AccuracyTableView::offerBaseline(const QPoint& position)
{
    if (!indexAt(position).isValid() || !canBeBaseline()) // the press has chosen the row
        return;
    QMenu menu(this);
    menu.addAction(tr("Compare the others with this row"), this, &AccuracyTableView::requestBaseline);
    menu.exec(viewport()->mapToGlobal(position));
}

QSize AccuracyTableView::sizeHint() const
{
    const int rows = std::min(model()->rowCount(), mostRows) * verticalHeader()->defaultSectionSize();
    const int frame = 2 * frameWidth() + style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    return {QTableView::sizeHint().width(), rows + horizontalHeader()->sizeHint().height() + frame};
}

} // namespace melscope
