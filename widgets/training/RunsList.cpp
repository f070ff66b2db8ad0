// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/RunsList.h"

#include "training/RunsModel.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace melscope {

RunsList::RunsList(RunsModel& model, QWidget* parent) : QWidget(parent), m_table(new QTableView(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_table);
    m_table->setModel(&model);
    m_table->setAccessibleName(tr("Runs to draw"));
    m_table->setToolTip(tr("Tick the runs to draw over each other. F2 renames a run."));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    for (const int column : {RunsModel::Progress, RunsModel::Remaining, RunsModel::Speed})
        m_table->hideColumn(column);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(RunsModel::Name, QHeaderView::Stretch);
    header->resizeSection(RunsModel::State, fontMetrics().averageCharWidth() * 14);
    header->setHighlightSections(false);
}

} // namespace melscope
