// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/PredictionsPanel.h"

#include "common/Figures.h"
#include "results/ClassTable.h"
#include "results/ClipListPanel.h"
#include "results/ConfusionMatrixView.h"
#include "results/FoldTableModel.h"
#include "results/PlainTable.h"
#include "results/SvgFigure.h"
#include "results/TextTableModel.h"
#include "runs/RunBox.h"
#include "runs/figures/AccuracyFigure.h"
#include "runs/figures/RankingFigure.h"
#include "runs/figures/ReliabilityFigure.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr size_t mostCharted = 40; // rows: more bars say nothing
const std::string liveRun = "live"; // no run's id: these have eight characters

std::vector<Confidence> confidencesOf(const Predictions& predictions)
{
    std::vector<Confidence> confidences;
    for (const ClipPrediction& clip : predictions)
        if (const auto predicted = static_cast<size_t>(clip.predicted); predicted < clip.probabilities.size())
            confidences.push_back({static_cast<double>(clip.probabilities[predicted]), clip.correct()});
    return confidences;
}

std::vector<NamedRanking> rankingsOf(const Predictions& predictions, const std::vector<std::string>& classes)
{
    std::vector<NamedRanking> rankings;
    for (size_t label = 0; label < classes.size(); ++label) {
        std::vector<RankedClip> ranked;
        for (const ClipPrediction& clip : predictions)
            if (label < clip.probabilities.size())
                ranked.push_back({static_cast<double>(clip.probabilities[label]), clip.label == static_cast<int>(label)});
        rankings.push_back({classes[label], rankingCurves(ranked)});
    }
    return rankings;
}

} // namespace

PredictionsPanel::PredictionsPanel(QWidget* parent)
    : QWidget(parent), m_run(new RunBox(RunBox::WhenGone::First, this)), m_compare(new QPushButton(tr("Co&mpare…"), this)), m_tta(new QCheckBox(tr("With TTA"), this)),
      m_normalised(new QCheckBox(tr("Per cent"), this)), m_matrix(new ConfusionMatrixView(this)), m_readOut(new QLabel(this)),
      m_tabs(new QTabWidget(this)), m_clips(new ClipListPanel(this)), m_byClass(new TextTableModel(this)), m_byFold(new FoldTableModel(this)),
      m_chartNote(new QLabel(this)),
      m_chart(new SvgFigure(tr("Accuracy"), this)), m_calibration(new SvgFigure(tr("Calibration"), this)),
      m_roc(new SvgFigure(tr("ROC curves"), this)), m_precisionRecall(new SvgFigure(tr("Precision and recall"), this))
{
    auto* sides = new QSplitter(Qt::Horizontal, this);
    sides->addWidget(buildMatrixSide());
    sides->addWidget(buildListSide());
    sides->setStretchFactor(0, 1);
    sides->setStretchFactor(1, 1);
    // The matrix is as high as wide and asks for less than the six columns of the list.
    sides->setSizes({fontMetrics().averageCharWidth() * 75, fontMetrics().averageCharWidth() * 90});
    sides->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(sides);
    connect(m_run, &RunBox::currentIndexChanged, this, &PredictionsPanel::request);
    connect(m_tta, &QCheckBox::toggled, this, &PredictionsPanel::refresh);
    connect(m_normalised, &QCheckBox::toggled, m_matrix, &ConfusionMatrixView::setNormalised);
    connect(m_matrix, &ConfusionMatrixView::hovered, m_readOut, &QLabel::setText);
    connect(m_matrix, &ConfusionMatrixView::cellChosen, this, [this] {
        m_tabs->setCurrentWidget(m_clips);
        showClips();
    });
    connect(m_matrix, &ConfusionMatrixView::cellActivated, this, [this] { listen(0); });
    connect(m_clips, &ClipListPanel::kindChosen, this, [this] {
        m_matrix->choose({});
        showClips();
    });
    connect(m_clips, &ClipListPanel::listenRequested, this, &PredictionsPanel::listen);
    connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT compareRequested(run()); });
    refresh();
}

QWidget* PredictionsPanel::buildMatrixSide()
{
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    auto* controls = new QHBoxLayout;
    m_run->setObjectName(QStringLiteral("run"));
    m_run->setAccessibleName(tr("Run"));
    m_run->setToolTip(tr("The run whose predictions are shown."));
    m_tta->setToolTip(tr("Counts the predictions averaged over several augmented views of each clip."));
    m_normalised->setToolTip(tr("Per cent of the true class's clips instead of their number."));
    m_compare->setToolTip(tr("This run against another one, clip by clip."));
    controls->addWidget(m_run, 1);
    controls->addWidget(m_compare);
    layout->addLayout(controls);
    layout->addWidget(m_matrix, 1);
    m_readOut->setMinimumHeight(fontMetrics().height());
    m_matrix->setToolTip(tr("Rows are true classes, columns what they were taken for. Click a cell to list its clips, double-click it to "
                            "listen through them; arrows and Return do the same."));
    auto* below = new QHBoxLayout;
    below->addWidget(m_readOut, 1);
    below->addWidget(m_tta);
    below->addWidget(m_normalised);
    layout->addLayout(below);
    return side;
}

QWidget* PredictionsPanel::buildListSide()
{
    QTabWidget* tabs = m_tabs;
    tabs->setDocumentMode(true);
    tabs->addTab(m_clips, tr("Clips"));
    tabs->addTab(plainTable(*m_byClass, tr("Accuracy by class"), tabs), tr("Classes"));
    tabs->addTab(plainTable(*m_byFold, tr("Accuracy by fold and seed"), tabs), tr("Folds and seeds"));
    tabs->addTab(buildChart(), tr("Chart"));
    tabs->addTab(m_calibration, tr("Calibration"));
    tabs->addTab(m_roc, tr("ROC"));
    tabs->addTab(m_precisionRecall, tr("Precision–recall"));
    for (SvgFigure* figure : {m_chart, m_calibration, m_roc, m_precisionRecall})
        figure->setEmptyText(tr("Train a run to its end to see this."));
    return tabs;
}

QWidget* PredictionsPanel::buildChart()
{
    auto* chart = new QWidget(this);
    auto* layout = new QVBoxLayout(chart);
    layout->setContentsMargins({});
    auto* area = new QScrollArea(chart);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(m_chart);
    layout->addWidget(m_chartNote);
    layout->addWidget(area, 1);
    return chart;
}

void PredictionsPanel::setRuns(const RunList& runs)
{
    m_runs = runs;
    m_solvers.reset(); // what has come in since may have changed them
    m_run->setRuns(runs);
    showLiveEntry();
    // Asked again even for the same run: another fold of it may have been finished.
    request();
}

void PredictionsPanel::applyReport(const TrainingReport& report)
{
    if (!isActive(report.state)) {
        if (m_live && m_live->run == report.run) {
            const bool shown = showsLive();
            m_live.reset();
            showLiveEntry();
            if (shown) {
                chooseRun(report.run);
                request();
            }
        }
        return;
    }
    if (report.newConfusion.empty())
        return;
    m_live = LiveMatrix{.run = report.run, .fold = report.fold, .epoch = report.newEpochs.empty() ? report.epoch : report.newEpochs.back().epoch,
                        .counts = report.newConfusion};
    showLiveEntry();
    if (showsLive())
        refresh();
}

void PredictionsPanel::showLiveEntry()
{
    if (m_live) {
        const RunRecord* run = m_runs.find(m_live->run);
        m_run->setLead(liveRun, tr("%1 · training · fold %2, epoch %3").arg(QString::fromStdString(run ? run->name : m_live->run)).arg(m_live->fold).arg(m_live->epoch));
    } else {
        m_run->setLead({});
    }
    m_run->setEnabled(m_run->count() > 0);
}

bool PredictionsPanel::showsLive() const
{
    return m_live && run() == liveRun;
}

void PredictionsPanel::chooseRun(const std::string& id)
{
    m_run->choose(id);
}

std::string PredictionsPanel::run() const
{
    return m_run->run();
}

void PredictionsPanel::request()
{
    if (showsLive())
        refresh();
    else if (m_run->currentIndex() >= 0)
        Q_EMIT predictionsRequested(run());
    else
        setPredictions({}, {}, {});
}

void PredictionsPanel::setPredictions(const std::string& run, const Predictions& predictions, const std::vector<std::string>& classes)
{
    if (run != this->run())
        return;
    m_predictions = std::make_shared<const Predictions>(predictions);
    m_classes = classes;
    refresh();
}

void PredictionsPanel::setVerdicts(const VerdictMap& verdicts)
{
    m_clips->model()->setVerdicts(verdicts);
}

void PredictionsPanel::setSolvers(const std::string& run, const std::vector<ClipSolvers>& clips)
{
    if (run != this->run())
        return;
    m_solvers = clips;
    m_solversOf = run;
    showClips();
}

void PredictionsPanel::showFoldsOf(const RunList& runs)
{
    m_byFold->setRuns(runs);
}

void PredictionsPanel::showRows(std::vector<AccuracyRow> rows)
{
    const bool isCut = rows.size() > mostCharted;
    m_chartNote->setVisible(isCut);
    if (isCut) {
        m_chartNote->setText(tr("The %1 most accurate of %2 rows.").arg(mostCharted).arg(rows.size()));
        std::stable_sort(rows.begin(), rows.end(), [](const AccuracyRow& a, const AccuracyRow& b) { return a.accuracy > b.accuracy; });
        rows.resize(mostCharted);
    }
    m_chart->setMinimumHeight(static_cast<int>(std::ceil(accuracyFigureHeight(rows.size()))));
    m_chart->setMaker([rows](double width, double, const FigureStyle& style) { return accuracyFigure(rows, width, style); });
}

void PredictionsPanel::showFigures()
{
    const bool any = !showsLive() && m_counted && !m_counted->empty();
    if (!any) {
        for (SvgFigure* figure : {m_calibration, m_roc, m_precisionRecall})
            figure->setMaker({});
        return;
    }
    m_calibration->setMaker([calibration = calibrationOf(confidencesOf(*m_counted))](double width, double height, const FigureStyle& style) {
        return reliabilityFigure(calibration, width, height, style);
    });
    const auto rankings = std::make_shared<const std::vector<NamedRanking>>(rankingsOf(*m_counted, m_classes));
    for (const auto& [figure, kind] : {std::pair(m_roc, RankingKind::Roc), std::pair(m_precisionRecall, RankingKind::PrecisionRecall)})
        figure->setMaker([rankings, kind = kind](double width, double height, const FigureStyle& style) {
            return rankingFigure(*rankings, kind, width, height, style);
        });
}

ConfusionMatrix PredictionsPanel::matrixNow() const
{
    if (showsLive()) {
        const RunRecord* run = m_runs.find(m_live->run);
        ConfusionMatrix matrix{.classes = run ? run->classes : std::vector<std::string>(), .counts = m_live->counts};
        matrix.classes.resize(matrix.counts.size());
        return matrix;
    }
    const bool any = m_counted && !m_counted->empty();
    return any ? confusionMatrix(*m_counted, m_classes, false) : ConfusionMatrix{};
}

void PredictionsPanel::refresh()
{
    const bool any = m_predictions && !m_predictions->empty();
    const bool hasTta = any && std::any_of(m_predictions->begin(), m_predictions->end(),
                                           [](const ClipPrediction& clip) { return !clip.ttaProbabilities.empty(); });
    m_tta->setEnabled(hasTta && !showsLive());
    m_compare->setEnabled(any && !showsLive());
    m_counted = hasTta && m_tta->isChecked() ? std::make_shared<const Predictions>(withTestTimeViews(*m_predictions)) : m_predictions;
    const ConfusionMatrix matrix = matrixNow();
    const auto chosen = m_matrix->chosen();
    m_matrix->setMatrix(matrix);
    if (chosen && chosen->label < static_cast<int>(matrix.counts.size()) && chosen->predicted < static_cast<int>(matrix.counts.size()))
        m_matrix->choose(chosen);
    showClassScores(*m_byClass, matrix);
    showFigures();
    showClips();
}

void PredictionsPanel::showClips()
{
    using Kind = ClipListPanel::Kind;
    if (showsLive())
        return m_clips->showMessage(tr("While a fold trains only the matrix is live: its clips come when it is finished."));
    if (!m_counted || m_counted->empty())
        return m_clips->showMessage(tr("Choose a run to see its clips."));
    const Predictions& clips = *m_counted;
    if (const auto cell = m_matrix->chosen())
        return m_clips->showCell(m_matrix->describe(*cell), clipsOfCell(clips, cell->label, cell->predicted), m_classes);
    switch (m_clips->kind()) {
    case Kind::HighestLoss: return m_clips->show(tr("All %1 clips, the highest loss first").arg(clips.size()), byLoss(clips), m_classes);
    case Kind::LowestMargin: return m_clips->show(tr("All %1 clips, the narrowest decision first").arg(clips.size()), byMargin(clips), m_classes);
    case Kind::OneMethod:
    case Kind::NoMethod: return showSolved();
    case Kind::Mistakes: break;
    }
    const ClipList list = mistakes(clips);
    m_clips->show(list.empty() ? tr("Every clip was classified correctly") : tr("Classified wrongly: %1").arg(list.size()), list, m_classes);
}

void PredictionsPanel::showSolved()
{
    if (!m_solvers || m_solversOf != run()) {
        m_clips->showMessage(tr("Reading what every method said…"));
        Q_EMIT solversRequested(run());
        return;
    }
    const bool byOne = m_clips->kind() == ClipListPanel::Kind::OneMethod;
    const std::vector<ClipSolvers> common = heldOutByAll(*m_solvers);
    const size_t methods = common.empty() ? 0 : common.front().methods();
    if (byOne && methods < 2)
        return m_clips->showMessage(tr("No two methods have held out the same clips of this dataset: train a second one to compare."));
    const ClipList list = byOne ? solvedByOneMethod(common) : solvedByNone(common);
    m_clips->show((byOne ? tr("Of %1 clips held out by %2 methods, one alone is right: %3") : tr("Of %1 clips held out by %2 methods, none is right: %3"))
                      .arg(common.size()).arg(methods).arg(list.size()), list, m_classes);
}

void PredictionsPanel::listen(int row)
{
    const ClipList& clips = m_clips->model()->clips();
    if (!clips.empty())
        Q_EMIT triageRequested({.run = run(), .title = m_clips->title(), .clips = clips, .classes = m_classes, .predictions = m_predictions, .start = row});
}

} // namespace melscope
