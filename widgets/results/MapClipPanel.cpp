// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/MapClipPanel.h"

#include "results/MapClipModel.h"
#include "results/MapColouring.h"
#include "results/ViewAnatomyModel.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace melscope {
namespace {

constexpr int neighbourCount = 12;
constexpr int viewsTab = 1;

/// A line of text above a table.
QWidget* titled(QLabel* title, QTableView* table)
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins({});
    title->setWordWrap(true);
    column->addWidget(title);
    column->addWidget(table, 1);
    return part;
}

void makePlain(QTableView* table)
{
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
}

} // namespace

MapClipPanel::MapClipPanel(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_near(new QLabel), m_viewsNote(new QLabel), m_clips(new MapClipModel(this)), m_neighbours(new MapClipModel(this)),
      m_views(new ViewAnatomyModel(this)), m_below(new QTabWidget)
{
    auto* parts = new QSplitter(Qt::Vertical);
    QTableView* clips = buildTable(*m_clips, tr("Clips"));
    clips->setColumnHidden(MapClipModel::Distance, true);
    clips->sortByColumn(MapClipModel::Loss, Qt::DescendingOrder);
    parts->addWidget(titled(m_title, clips));
    QTableView* neighbours = buildTable(*m_neighbours, tr("Nearest clips"));
    neighbours->sortByColumn(MapClipModel::Distance, Qt::AscendingOrder);
    m_below->setDocumentMode(true);
    m_below->addTab(titled(m_near, neighbours), tr("Nearest clips"));
    m_below->addTab(buildViews(), tr("Test-time views"));
    parts->addWidget(m_below);
    parts->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(parts);
    connect(m_below, &QTabWidget::currentChanged, this, &MapClipPanel::requestAnatomy);
    showClips(nullptr, {}, 0);
    look(-1);
}

QTableView* MapClipPanel::buildTable(MapClipModel& model, const QString& name)
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(&model);
    sorted->setSortRole(MapClipModel::SortRole);
    auto* table = new QTableView;
    table->setModel(sorted);
    table->setAccessibleName(name);
    table->setToolTip(tr("Return, Space or double-click: hear the clip. The context menu shows it on the Explore page."));
    table->setSortingEnabled(true);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setContextMenuPolicy(Qt::ActionsContextMenu);
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    makePlain(table);
    const auto clipAt = [&model, sorted](const QModelIndex& index) { return model.clipAt(sorted->mapToSource(index).row()); };
    const auto add = [&](const QString& text, const QList<QKeySequence>& keys, auto call) {
        auto* action = new QAction(text, table);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        table->addAction(action);
        connect(action, &QAction::triggered, this, [table, clipAt, call] {
            if (table->currentIndex().isValid())
                call(clipAt(table->currentIndex()));
        });
    };
    add(tr("Hear it"), {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::Key_Space)}, [this](int clip) { Q_EMIT hearRequested(clip); });
    add(tr("Show it on the Explore page"), {}, [this](int clip) { Q_EMIT exploreRequested(m_map->clips[static_cast<size_t>(clip)].name); });
    connect(table, &QTableView::doubleClicked, this, [this, clipAt](const QModelIndex& index) { Q_EMIT hearRequested(clipAt(index)); });
    connect(&model, &QAbstractItemModel::modelReset, table, &QTableView::resizeColumnsToContents);
    return table;
}

QWidget* MapClipPanel::buildViews()
{
    auto* table = new QTableView;
    table->setModel(m_views);
    table->setAccessibleName(tr("Test-time views"));
    table->setIconSize(ViewAnatomyModel::pictureSize);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->setDefaultSectionSize(ViewAnatomyModel::pictureSize.height() + 6);
    makePlain(table);
    // Pictures and figures in full; the name of what a view votes for has what is left.
    table->horizontalHeader()->setStretchLastSection(false);
    table->horizontalHeader()->setSectionResizeMode(ViewAnatomyModel::Vote, QHeaderView::Stretch);
    const auto fitColumns = [table] {
        table->resizeColumnsToContents();
        table->setColumnWidth(ViewAnatomyModel::Picture, ViewAnatomyModel::pictureSize.width() + 10);
    };
    connect(m_views, &QAbstractItemModel::modelReset, table, fitColumns);
    fitColumns();
    return titled(m_viewsNote, table);
}

void MapClipPanel::showClips(const std::shared_ptr<const ModelMap>& map, const std::vector<int>& clips, size_t total)
{
    m_map = map;
    if (!map)
        m_title->setText(tr("Clips are listed here when the map is made."));
    else if (clips.size() < total)
        m_title->setText(tr("Within the lasso: %1 of %2 clips").arg(clips.size()).arg(total));
    else
        m_title->setText(tr("All %1 clips; draw a lasso around some to see them alone").arg(total));
    m_clips->show(map, clips);
}

void MapClipPanel::look(int clip)
{
    m_clip = clip;
    if (clip < 0) {
        m_neighbours->show(nullptr, {});
        m_near->setText(tr("Click a point to see what is nearest to it among all features."));
    } else {
        m_neighbours->showNeighbours(m_map, nearestNeighbours(m_map->features, clip, neighbourCount));
        m_near->setText(tr("Nearest to %1").arg(describe(*m_map, clip)));
    }
    requestAnatomy();
}

void MapClipPanel::requestAnatomy()
{
    m_views->show({});
    if (m_clip < 0) {
        m_viewsNote->setText(tr("Click a point to see its test-time views: what the network gets, and what each votes for."));
    } else if (m_below->currentIndex() == viewsTab) {
        m_viewsNote->setText(tr("Looking at the views…"));
        Q_EMIT anatomyRequested(m_map->clips[static_cast<size_t>(m_clip)].name);
    }
}

void MapClipPanel::setAnatomy(const ClipAnatomy& anatomy)
{
    if (m_clip < 0 || anatomy.run != m_map->run || anatomy.clip != m_map->clips[static_cast<size_t>(m_clip)].name)
        return;
    m_views->show(anatomy);
    const QString clip = QString::fromStdString(anatomy.clip);
    const QString own = QString::fromStdString(anatomy.classes.at(static_cast<size_t>(anatomy.label)));
    if (anatomy.mean.empty())
        m_viewsNote->setText(tr("%1 is %2. This run's recipe has no test-time views.").arg(clip, own));
    else
        m_viewsNote->setText(tr("%1 is %2. The mean of %3 views changes its probability by %4 points.")
                                 .arg(clip, own).arg(anatomy.views.size() - 1)
                                 .arg(m_views->index(m_views->rowCount() - 1, ViewAnatomyModel::Gain).data().toString()));
}

void MapClipPanel::showAnatomyMessage(const QString& sentence)
{
    m_viewsNote->setText(sentence);
}

} // namespace melscope
