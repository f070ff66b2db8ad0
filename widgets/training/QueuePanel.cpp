// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/QueuePanel.h"

#include "common/ThemedIcon.h"
#include "training/ProgressDelegate.h"
#include "training/RunsModel.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolBar>
#include <QVBoxLayout>

namespace melscope {
namespace {

class UnfinishedRuns : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        const auto state = static_cast<RunState>(sourceModel()->index(row, 0, parent).data(RunsModel::StateRole).toInt());
        return state != RunState::Finished && state != RunState::Stopped;
    }
};

} // namespace

QueuePanel::QueuePanel(RunsModel& model, QWidget* parent)
    : QWidget(parent), m_model(model), m_unfinished(new UnfinishedRuns(this)), m_table(new QTableView(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    auto* bar = new QToolBar(tr("Queue"), this);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(16, 16));
    m_pause = addButton("pause", tr("Pause"), QStringLiteral("pause"), tr("Holds still between two batches and keeps everything in memory."));
    m_continue = addButton("continue", tr("Continue"), QStringLiteral("play"), tr("Goes on where the pause began."));
    m_stop = addButton("stop", tr("Stop and keep"), QStringLiteral("stop"),
                       tr("Ends at the last complete epoch, evaluates it and keeps the result. A waiting run is taken out of the queue."));
    m_resume = addButton("resume", tr("Resume"), QStringLiteral("resume"),
                         tr("Goes on from the last checkpoint, to exactly the numbers of a run that was never interrupted."));
    m_up = addButton("up", tr("Earlier"), QStringLiteral("up"), tr("Lets this run start before the one above it."));
    m_down = addButton("down", tr("Later"), QStringLiteral("down"), tr("Lets the run below start first."));
    m_remove = addButton("remove", tr("Remove"), QStringLiteral("delete"), tr("Deletes the run with its curves, predictions and checkpoints."));
    bar->addActions({m_pause, m_continue, m_stop, m_resume, m_up, m_down, m_remove});
    layout->addWidget(bar);
    m_unfinished->setSourceModel(&model);
    m_table->setModel(m_unfinished);
    m_table->setAccessibleName(tr("Running and waiting runs"));
    m_table->setItemDelegateForColumn(RunsModel::Progress, new ProgressDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 2);
    QHeaderView* header = m_table->horizontalHeader();
    const int unit = fontMetrics().averageCharWidth();
    header->resizeSection(RunsModel::Name, unit * 26);
    header->setSectionResizeMode(RunsModel::State, QHeaderView::Stretch);
    header->resizeSection(RunsModel::Progress, unit * 34);
    header->resizeSection(RunsModel::Remaining, unit * 20);
    header->resizeSection(RunsModel::Speed, unit * 10);
    header->setHighlightSections(false);
    layout->addWidget(m_table, 1);

    connect(m_pause, &QAction::triggered, this, &QueuePanel::pauseRequested);
    connect(m_continue, &QAction::triggered, this, &QueuePanel::continueRequested);
    connect(m_stop, &QAction::triggered, this, [this] { Q_EMIT stopRequested(current()); });
    connect(m_resume, &QAction::triggered, this, [this] { Q_EMIT resumeRequested(current()); });
    connect(m_remove, &QAction::triggered, this, [this] { Q_EMIT removeRequested(current()); });
    connect(m_up, &QAction::triggered, this, [this] { Q_EMIT moveRequested(current(), m_model.waitingPosition(current()) - 1); });
    connect(m_down, &QAction::triggered, this, [this] { Q_EMIT moveRequested(current(), m_model.waitingPosition(current()) + 1); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &QueuePanel::rememberChoice);
    connect(&model, &QAbstractItemModel::dataChanged, this, &QueuePanel::updateButtons);
    connect(&model, &RunsModel::orderChanged, this, [this] {
        choose(m_chosen);
        updateButtons();
    });
    updateButtons();
}

QAction* QueuePanel::addButton(const char* name, const QString& text, const QString& icon, const QString& help)
{
    auto* action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QLatin1String(name));
    action->setToolTip(help);
    return action;
}

std::string QueuePanel::current() const
{
    const int row = m_model.rowOf(m_chosen);
    if (row >= 0 && m_unfinished->mapFromSource(m_model.index(row, 0)).isValid())
        return m_chosen;
    return m_unfinished->index(0, 0).data(RunsModel::IdRole).toString().toStdString();
}

void QueuePanel::choose(const std::string& id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return;
    const QModelIndex shown = m_unfinished->mapFromSource(m_model.index(row, 0));
    m_chosen = id;
    if (shown.isValid())
        m_table->selectRow(shown.row());
}

void QueuePanel::rememberChoice()
{
    const QModelIndex index = m_table->currentIndex();
    // A reset of the model clears the table's choice; ours outlives it.
    if (index.isValid())
        m_chosen = index.data(RunsModel::IdRole).toString().toStdString();
    updateButtons();
}

void QueuePanel::updateButtons()
{
    const RunRecord* run = m_model.find(current());
    const int position = run ? m_model.waitingPosition(run->id) : -1;
    m_pause->setEnabled(run && canPause(run->state));
    m_continue->setEnabled(run && canContinue(run->state));
    m_stop->setEnabled(run && canStop(run->state));
    m_resume->setEnabled(run && (canResume(run->state) || (run->state == RunState::Queued && !m_model.isWaiting(run->id))));
    m_remove->setEnabled(run && !isActive(run->state));
    m_up->setEnabled(position > 0);
    m_down->setEnabled(position >= 0 && position + 1 < m_model.waitingCount());
}

} // namespace melscope
