// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/AccuracyTableView.h"

#include "results/AccuracyTableModel.h"
#include "results/IntervalDelegate.h"

#include <QHeaderView>

namespace melscope {

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
    connect(&model, &QAbstractItemModel::modelReset, this, &AccuracyTableView::fitColumns);
    fitColumns();
}

void AccuracyTableView::fitColumns()
{
    resizeColumnsToContents();
    updateGeometry();
}

QSize AccuracyTableView::sizeHint() const
{
    const int rows = model()->rowCount() * verticalHeader()->defaultSectionSize();
    const int frame = 2 * frameWidth() + style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    return {QTableView::sizeHint().width(), rows + horizontalHeader()->sizeHint().height() + frame};
}

} // namespace melscope
