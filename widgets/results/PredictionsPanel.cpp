// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/PredictionsPanel.h"

#include "common/Figures.h"
#include "results/ClassTableModel.h"
#include "results/ClipErrorList.h"
#include "results/ConfusionMatrixView.h"
#include "results/FoldTableModel.h"
#include "results/SvgFigure.h"
#include "runs/figures/AccuracyFigure.h"
#include "runs/figures/RankingFigure.h"
#include "runs/figures/ReliabilityFigure.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>

namespace melscope {
namespace {

QTableView* tableOf(QAbstractItemModel& model, const QString& name, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(&model);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() * 3 / 2);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    QObject::connect(&model, &QAbstractItemModel::modelReset, table, &QTableView::resizeColumnsToContents);
    return table;
}

QString runText(const RunRecord& run)
{
    int count = 0, correct = 0;
    for (const FoldRecord& fold : run.results) {
        count += fold.count;
        correct += fold.correct;
    }
    return PredictionsPanel::tr("%1 · %2 · %3").arg(QString::fromStdString(run.name), QString::fromStdString(run.recipeName),
                                                   percentText(count > 0 ? static_cast<double>(correct) / count : 0.0));
}

} // namespace

PredictionsPanel::PredictionsPanel(QWidget* parent)
    : QWidget(parent), m_run(new QComboBox(this)), m_tta(new QCheckBox(tr("With TTA"), this)),
      m_normalised(new QCheckBox(tr("Per cent"), this)), m_matrix(new ConfusionMatrixView(this)), m_readOut(new QLabel(this)),
      m_clips(new ClipErrorList(this)), m_byClass(new ClassTableModel(this)), m_byFold(new FoldTableModel(this)),
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
    connect(m_run, &QComboBox::currentIndexChanged, this, &PredictionsPanel::request);
    connect(m_tta, &QCheckBox::toggled, this, &PredictionsPanel::refresh);
    connect(m_normalised, &QCheckBox::toggled, m_matrix, &ConfusionMatrixView::setNormalised);
    connect(m_matrix, &ConfusionMatrixView::hovered, m_readOut, &QLabel::setText);
    connect(m_matrix, &ConfusionMatrixView::cellChosen, this, &PredictionsPanel::showClips);
    connect(m_clips, &ClipErrorList::allErrorsRequested, this, [this] {
        m_matrix->choose({});
        showClips();
    });
    connect(m_clips, &ClipErrorList::clipActivated, this, [this](const std::string& clip) { Q_EMIT clipActivated(run(), clip); });
    refresh();
}

QWidget* PredictionsPanel::buildMatrixSide()
{
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    auto* controls = new QHBoxLayout;
    m_run->setAccessibleName(tr("Run"));
    m_run->setToolTip(tr("The run whose predictions are shown."));
    m_run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_run->setMinimumContentsLength(20);
    m_tta->setToolTip(tr("Counts the predictions averaged over several augmented views of each clip."));
    m_normalised->setToolTip(tr("Per cent of the true class's clips instead of their number."));
    controls->addWidget(m_run, 1);
    controls->addWidget(m_tta);
    controls->addWidget(m_normalised);
    layout->addLayout(controls);
    layout->addWidget(m_matrix, 1);
    m_readOut->setMinimumHeight(fontMetrics().height());
    m_matrix->setToolTip(tr("Rows are true classes, columns what they were taken for. Click a cell to list its clips; arrows and Return do "
                            "the same."));
    layout->addWidget(m_readOut);
    return side;
}

QWidget* PredictionsPanel::buildListSide()
{
    auto* tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    tabs->addTab(m_clips, tr("Clips"));
    tabs->addTab(tableOf(*m_byClass, tr("Accuracy by class"), tabs), tr("Classes"));
    tabs->addTab(tableOf(*m_byFold, tr("Accuracy by fold and seed"), tabs), tr("Folds and seeds"));
    tabs->addTab(m_chart, tr("Chart"));
    tabs->addTab(m_calibration, tr("Calibration"));
    tabs->addTab(m_roc, tr("ROC"));
    tabs->addTab(m_precisionRecall, tr("Precision–recall"));
    for (SvgFigure* figure : {m_chart, m_calibration, m_roc, m_precisionRecall})
        figure->setEmptyText(tr("Train a run to its end to see this."));
    return tabs;
}

void PredictionsPanel::setRuns(const std::vector<RunRecord>& runs)
{
    const std::string before = run();
    {
        const QSignalBlocker quiet(m_run);
        m_run->clear();
        for (const RunRecord& one : runs)
            if (!one.results.empty())
                m_run->addItem(runText(one), QString::fromStdString(one.id));
        m_run->setCurrentIndex(std::max(0, m_run->findData(QString::fromStdString(before))));
    }
    m_run->setEnabled(m_run->count() > 0);
    // Asked again even for the same run: another fold of it may have been finished.
    request();
}

void PredictionsPanel::chooseRun(const std::string& id)
{
    const int index = m_run->findData(QString::fromStdString(id));
    if (index >= 0)
        m_run->setCurrentIndex(index);
}

std::string PredictionsPanel::run() const
{
    return m_run->currentData().toString().toStdString();
}

void PredictionsPanel::request()
{
    if (m_run->currentIndex() >= 0)
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

void PredictionsPanel::showFoldsOf(const std::vector<RunRecord>& runs)
{
    m_byFold->setRuns(runs);
}

void PredictionsPanel::showRows(const std::vector<AccuracyRow>& rows)
{
    m_chart->setMaker([rows](double width, double, const FigureStyle& style) { return accuracyFigure(rows, width, style); });
}

void PredictionsPanel::showFigures(bool tta)
{
    if (!m_predictions || m_predictions->empty()) {
        for (SvgFigure* figure : {m_calibration, m_roc, m_precisionRecall})
            figure->setMaker({});
        return;
    }
    std::vector<Confidence> confidences;
    std::vector<NamedRanking> rankings;
    for (size_t label = 0; label < m_classes.size(); ++label) {
        std::vector<RankedClip> ranked;
        for (const ClipPrediction& clip : *m_predictions)
            if (const auto& probabilities = tta ? clip.ttaProbabilities : clip.probabilities; label < probabilities.size())
                ranked.push_back({static_cast<double>(probabilities[label]), clip.label == static_cast<int>(label)});
        rankings.push_back({m_classes[label], rankingCurves(ranked)});
    }
    for (const ClipPrediction& clip : *m_predictions) {
        const auto& probabilities = tta ? clip.ttaProbabilities : clip.probabilities;
        const auto predicted = static_cast<size_t>(tta ? clip.ttaPredicted : clip.predicted);
        if (predicted < probabilities.size())
            confidences.push_back({static_cast<double>(probabilities[predicted]), tta ? clip.ttaCorrect() : clip.correct()});
    }
    m_calibration->setMaker([calibration = calibrationOf(confidences)](double width, double height, const FigureStyle& style) {
        return reliabilityFigure(calibration, width, height, style);
    });
    for (const auto& [figure, kind] : {std::pair(m_roc, RankingKind::Roc), std::pair(m_precisionRecall, RankingKind::PrecisionRecall)})
        figure->setMaker([rankings, kind = kind](double width, double height, const FigureStyle& style) {
            return rankingFigure(rankings, kind, width, height, style);
        });
}

void PredictionsPanel::refresh()
{
    const bool any = m_predictions && !m_predictions->empty();
    const bool hasTta = any && std::any_of(m_predictions->begin(), m_predictions->end(),
                                           [](const ClipPrediction& clip) { return !clip.ttaProbabilities.empty(); });
    m_tta->setEnabled(hasTta);
    const bool tta = hasTta && m_tta->isChecked();
    const ConfusionMatrix matrix = any ? confusionMatrix(*m_predictions, m_classes, tta) : ConfusionMatrix{};
    const auto chosen = m_matrix->chosen();
    m_matrix->setMatrix(matrix);
    if (chosen && chosen->label < static_cast<int>(matrix.counts.size()) && chosen->predicted < static_cast<int>(matrix.counts.size()))
        m_matrix->choose(chosen);
    m_byClass->setMatrix(matrix);
    showFigures(tta);
    showClips();
}

void PredictionsPanel::showClips()
{
    const auto chosen = m_matrix->chosen();
    const auto cell = chosen ? std::optional(ClipErrorModel::Cell{chosen->label, chosen->predicted}) : std::nullopt;
    m_clips->show(m_predictions, m_classes, m_tta->isEnabled() && m_tta->isChecked(), cell);
}

} // namespace melscope
