// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/EmbeddingPage.h"

#include "common/EmptyState.h"
#include "common/JobBar.h"
#include "results/EmbeddingMap.h"
#include "results/MapClipPanel.h"
#include "runs/RunBox.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace melscope {
EmbeddingPage::EmbeddingPage(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_run(new RunBox(RunBox::WhenGone::First)), m_fold(new QComboBox), m_projection(new QComboBox), m_colouring(new QComboBox),
      m_perplexity(new QSpinBox), m_perplexityLabel(new QLabel(tr("Pe&rplexity"))), m_heldOutOnly(new QCheckBox(tr("&Held-out clips only"))),
      m_compute(new QPushButton(tr("&Make the map"))), m_job(new JobBar), m_message(new QLabel), m_note(new QLabel), m_readOut(new QLabel),
      m_mapPages(new QStackedWidget), m_points(new EmbeddingMap), m_legend(new QListWidget), m_lists(new MapClipPanel)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addWidget(buildControls());
    column->addWidget(m_job);
    column->addWidget(m_message);
    m_message->setWordWrap(true);
    m_message->hide();
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->addWidget(buildMapSide());
    sides->addWidget(m_lists);
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 1);
    // The list's columns are read; the map can do with what is left.
    sides->setSizes({fontMetrics().averageCharWidth() * 98, fontMetrics().averageCharWidth() * 70});
    sides->setChildrenCollapsible(false);
    column->addWidget(sides, 1);
    m_pages->addWidget(new EmptyState(QStringLiteral("train"), tr("No finished run"),
        tr("Train a run to its end first: the map then shows which clips look alike to its model.")));
    m_pages->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);
    connect(m_points, &EmbeddingMap::selectionChanged, this, &EmbeddingPage::showSelection);
    connect(m_points, &EmbeddingMap::currentChanged, m_lists, [this](int point) { m_lists->look(point < 0 ? -1 : clipOf(point)); });
    connect(m_points, &EmbeddingMap::activated, this, [this](int point) { hear(clipOf(point)); });
    connect(m_points, &EmbeddingMap::hovered, this, [this](int point) { m_readOut->setText(point < 0 ? QString() : describe(*m_plane.map, point)); });
    connect(m_lists, &MapClipPanel::hearRequested, this, &EmbeddingPage::hear);
    connect(m_lists, &MapClipPanel::exploreRequested, this, &EmbeddingPage::exploreRequested);
    connect(m_lists, &MapClipPanel::anatomyRequested, this, [this](const std::string& clip) { Q_EMIT anatomyRequested(m_plane.whole->run, m_plane.whole->fold, clip); });
    connect(&m_projector, &MapProjector::progressed, this, &EmbeddingPage::setProgress);
    connect(&m_projector, &MapProjector::projected, this, &EmbeddingPage::showPlane);
    connect(&m_projector, &MapProjector::failed, this, [this](const QString& sentence) {
        finish();
        showMessage(sentence);
    });
    connect(m_job, &JobBar::cancelRequested, this, [this] {
        m_projector.cancel();
        finish();
        Q_EMIT cancelRequested();
    });
    setRuns({});
}

QWidget* EmbeddingPage::buildControls()
{
    auto* controls = new QWidget;
    auto* rows = new QVBoxLayout(controls);
    rows->setContentsMargins({});
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    const auto add = [](QHBoxLayout* row, QLabel* label, QWidget* field, int stretch = 0) {
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field, stretch);
    };
    m_run->setAccessibleName(tr("Run"));
    m_run->setToolTip(tr("The run whose model looks at the clips."));
    m_fold->setToolTip(tr("Every fold has a model of its own; the map shows the one that never saw this fold."));
    add(first, new QLabel(tr("R&un")), m_run, 1);
    add(first, new QLabel(tr("Held-out &fold")), m_fold);
    first->addWidget(m_compute);
    m_compute->setToolTip(tr("Computes the model's features of every clip, as fast as it is evaluated."));
    m_projection->addItems({tr("t-SNE"), tr("Principal components")});
    m_projection->setToolTip(tr("t-SNE keeps neighbours together, but its distances between groups mean nothing; principal components keep "
                                "distances as far as two dimensions can."));
    m_perplexity->setRange(2, 200);
    m_perplexity->setValue(30);
    m_perplexity->setKeyboardTracking(false);
    m_perplexity->setToolTip(tr("About how many neighbours count for each clip: small values show fine structure, large ones the whole."));
    m_colouring->addItems({tr("Class"), tr("Fold"), tr("Error"), tr("Verdict")});
    m_colouring->setToolTip(tr("What the colours of the points say."));
    m_heldOutOnly->setToolTip(tr("Leaves out the clips that this model was trained on (small points): it knows them by heart."));
    add(second, new QLabel(tr("&Projection")), m_projection);
    add(second, m_perplexityLabel, m_perplexity);
    add(second, new QLabel(tr("C&olour by")), m_colouring);
    second->addWidget(m_heldOutOnly);
    second->addStretch();
    rows->addLayout(first);
    rows->addLayout(second);
    connect(m_run, &RunBox::currentIndexChanged, this, &EmbeddingPage::showFolds);
    connect(m_fold, &QComboBox::currentIndexChanged, this, &EmbeddingPage::showStart);
    connect(m_compute, &QPushButton::clicked, this, [this] { Q_EMIT mapRequested(run(), fold()); });
    connect(m_projection, &QComboBox::currentIndexChanged, this, &EmbeddingPage::project);
    connect(m_perplexity, &QSpinBox::valueChanged, this, &EmbeddingPage::project);
    connect(m_heldOutOnly, &QCheckBox::toggled, this, &EmbeddingPage::project);
    connect(m_colouring, &QComboBox::currentIndexChanged, this, &EmbeddingPage::colour);
    return controls;
}

QWidget* EmbeddingPage::buildMapSide()
{
    auto* shown = new QWidget;
    auto* column = new QVBoxLayout(shown);
    column->setContentsMargins({});
    auto* row = new QHBoxLayout;
    row->addWidget(m_points, 1);
    row->addWidget(m_legend);
    m_legend->setAccessibleName(tr("Legend"));
    m_legend->setToolTip(tr("Choose one or more (Ctrl) to see them alone; click beside them to see all."));
    m_legend->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_legend->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_legend->setTextElideMode(Qt::ElideRight);
    m_legend->setFrameShape(QFrame::NoFrame);
    column->addLayout(row, 1);
    m_readOut->setMinimumHeight(fontMetrics().height());
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_readOut);
    column->addWidget(m_note);
    m_mapPages->addWidget(new EmptyState(QStringLiteral("chart"), tr("Not made yet"),
        tr("Make the map to see which clips this fold's model takes for alike: where classes mix, it will mistake them.")));
    m_mapPages->addWidget(shown);
    connect(m_legend, &QListWidget::itemSelectionChanged, this, [this] {
        std::set<int> groups;
        for (const QModelIndex& index : m_legend->selectionModel()->selectedIndexes())
            groups.insert(index.row());
        m_points->setEmphasis(std::move(groups));
    });
    return m_mapPages;
}

void EmbeddingPage::setRuns(const RunList& runs)
{
    const std::string before = run();
    const int foldBefore = fold();
    m_runs = runs;
    m_run->setRuns(runs);
    m_pages->setCurrentIndex(m_run->count() > 0 ? 1 : 0);
    showFolds();
    if (run() == before && m_fold->findData(foldBefore) >= 0)
        m_fold->setCurrentIndex(m_fold->findData(foldBefore));
}

void EmbeddingPage::chooseRun(const std::string& id)
{
    m_run->choose(id);
}

std::string EmbeddingPage::run() const
{
    return m_run->run();
}

int EmbeddingPage::fold() const
{
    return m_fold->currentData().toInt();
}

void EmbeddingPage::showFolds()
{
    std::vector<int> folds;
    if (const RunRecord* chosen = m_runs.find(run()))
        for (const FoldRecord& result : chosen->results)
            folds.push_back(result.fold);
    const int before = fold();
    {
        const QSignalBlocker quiet(m_fold);
        m_fold->clear();
        for (const int fold : folds)
            m_fold->addItem(QString::number(fold), fold);
        m_fold->setCurrentIndex(m_fold->count() == 0 ? -1 : std::max(0, m_fold->findData(before)));
    }
    showStart();
}

void EmbeddingPage::showStart()
{
    if (m_map && m_map->run == run() && m_map->fold == fold())
        return;
    m_map = nullptr;
    m_projector.cancel();
    m_points->setPlaces({});
    m_plane = {};
    m_legend->clear();
    m_mapPages->setCurrentIndex(0);
    showSelection();
}

void EmbeddingPage::begin(const QString& what)
{
    m_compute->setEnabled(false);
    m_message->hide();
    m_job->start(what);
}

void EmbeddingPage::setProgress(int done, int total)
{
    m_job->setProgress(done, total);
}

void EmbeddingPage::finish()
{
    m_job->finish();
    m_compute->setEnabled(true);
}

void EmbeddingPage::showMessage(const QString& sentence)
{
    m_message->setText(sentence);
    m_message->show();
}

void EmbeddingPage::setMap(std::shared_ptr<const ModelMap> map)
{
    if (map->run != run() || map->fold != fold())
        return;
    m_map = std::move(map);
    project();
}

void EmbeddingPage::setProjection(Projection projection)
{
    m_projection->setCurrentIndex(static_cast<int>(projection));
}

void EmbeddingPage::project()
{
    const bool tSne = m_projection->currentIndex() == static_cast<int>(Projection::TSne);
    m_perplexity->setVisible(tSne);
    m_perplexityLabel->setVisible(tSne);
    if (!m_map)
        return;
    std::vector<int> wanted;
    for (int clip = 0; clip < static_cast<int>(m_map->clips.size()); ++clip)
        if (!m_heldOutOnly->isChecked() || m_map->clips[static_cast<size_t>(clip)].heldOut())
            wanted.push_back(clip);
    begin(tSne ? tr("Making the map by t-SNE") : tr("Making the map"));
    m_projector.project(m_map, wanted, {.tSne = tSne, .perplexity = m_perplexity->value()});
}

void EmbeddingPage::showPlane(const MapPlane& plane)
{
    finish();
    m_points->setPlaces({}); // before its points mean other clips
    m_plane = plane;
    std::vector<bool> faint;
    for (const MappedClip& clip : plane.map->clips)
        faint.push_back(!clip.heldOut());
    m_points->setPlaces(plane.places);
    m_points->setFaint(std::move(faint));
    m_points->setDescriber([map = plane.map](int point) { return describe(*map, point); });
    m_note->setText(plane.note);
    m_mapPages->setCurrentIndex(1);
    colour();
    showSelection();
    Q_EMIT projected();
}

void EmbeddingPage::colour()
{
    if (!m_plane.map)
        return;
    const MapGroups groups = groupsOf(*m_plane.map, static_cast<MapColouring>(m_colouring->currentIndex()));
    {
        const QSignalBlocker quiet(m_legend);
        m_legend->clear();
        for (const MapGroup& group : groups.groups) {
            auto* item = new QListWidgetItem(group.marker.icon(), tr("%1 (%2)").arg(group.name).arg(group.clips), m_legend);
            item->setToolTip(item->text());
        }
    }
    // As wide as its longest name, but not for one that would take the map's room.
    m_legend->setFixedWidth(std::min(m_legend->sizeHintForColumn(0) + fontMetrics().height() * 3 / 2, fontMetrics().averageCharWidth() * 30));
    m_points->setGroups(groups);
}

void EmbeddingPage::showSelection()
{
    std::vector<int> clips;
    for (const int point : m_points->selection())
        clips.push_back(clipOf(point));
    m_lists->showClips(m_plane.whole, clips.empty() ? m_plane.clips : clips, m_plane.clips.size());
}

void EmbeddingPage::hear(int clip)
{
    // The clip that is heard is the one that is looked at, wherever it was chosen.
    const auto point = std::ranges::find(m_plane.clips, clip);
    if (point != m_plane.clips.end())
        m_points->setCurrent(static_cast<int>(point - m_plane.clips.begin()));
    Q_EMIT hearRequested(m_plane.whole->clips[static_cast<size_t>(clip)].path);
}

} // namespace melscope
