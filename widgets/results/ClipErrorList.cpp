// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ClipErrorList.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

namespace melscope {

ClipErrorList::ClipErrorList(QWidget* parent)
    : QWidget(parent), m_model(new ClipErrorModel(this)), m_title(new QLabel(this)), m_all(new QPushButton(tr("All errors"), this)),
      m_table(new QTableView(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    auto* top = new QHBoxLayout;
    m_title->setWordWrap(true);
    m_all->setToolTip(tr("Lists every clip that was classified wrongly instead of one cell's."));
    m_all->setObjectName(QStringLiteral("allErrors"));
    top->addWidget(m_title, 1);
    top->addWidget(m_all);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Clips"));
    m_table->setToolTip(tr("Highest loss first. Return or double-click: play the clip and show it on the Explore page."));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto* hear = new QAction(m_table);
    hear->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::Key_Space)});
    hear->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(hear);
    connect(hear, &QAction::triggered, this, [this] { activate(m_table->currentIndex()); });
    connect(m_table, &QTableView::doubleClicked, this, &ClipErrorList::activate);
    connect(m_all, &QPushButton::clicked, this, &ClipErrorList::allErrorsRequested);
}

void ClipErrorList::show(std::shared_ptr<const Predictions> predictions, const std::vector<std::string>& classes, bool tta,
                         std::optional<ClipErrorModel::Cell> cell)
{
    const bool any = predictions && !predictions->empty();
    m_model->show(std::move(predictions), classes, tta, cell);
    const int count = m_model->rowCount();
    const auto name = [&](int label) { return QString::fromStdString(classes[static_cast<size_t>(label)]); };
    if (!any)
        m_title->setText(tr("Choose a run to see its clips."));
    else if (!cell)
        m_title->setText(count == 0 ? tr("Every clip was classified correctly.") : tr("Classified wrongly: %1").arg(count));
    else if (cell->label == cell->predicted)
        m_title->setText(tr("%1, recognised: %2").arg(name(cell->label)).arg(count));
    else
        m_title->setText(tr("%1 taken for %2: %3").arg(name(cell->label), name(cell->predicted)).arg(count));
    m_all->setVisible(cell.has_value());
    m_table->resizeColumnsToContents();
}

void ClipErrorList::activate(const QModelIndex& index)
{
    if (index.isValid())
        Q_EMIT clipActivated(m_model->clipAt(index.row()).name);
}

} // namespace melscope
