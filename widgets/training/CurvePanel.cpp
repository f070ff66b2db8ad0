// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/CurvePanel.h"

#include "common/Deliver.h"
#include "training/Stages.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QSlider>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace melscope {
namespace {

constexpr std::string_view stepLoss = "step_loss", trainLoss = "train_loss", valLoss = "val_loss", trainAccuracy = "train_accuracy",
                           valAccuracy = "val_accuracy";

// The slider moves in equal steps of how many points are averaged, which is what the eye sees.
double smoothingOf(int sliderValue)
{
    return sliderValue == 0 ? 0.0 : 1.0 - std::pow(10.0, -sliderValue / 40.0);
}

bool isValidation(const std::string& quantity)
{
    return quantity == valLoss || quantity == valAccuracy;
}

bool isTraining(const std::string& quantity)
{
    return quantity == trainLoss || quantity == trainAccuracy;
}

std::string quantityOf(const std::string& stage, const std::string& quantity)
{
    return stage == supervisedStage ? quantity : stage + '/' + quantity;
}

/// Position among the catalogue's figures of that kind: what tells their curves apart.
int rankOf(const FigureInfo& figure)
{
    int rank = 0;
    for (const FigureInfo& each : figureCatalogue()) {
        if (each.name == figure.name)
            break;
        rank += each.kind == figure.kind;
    }
    return rank;
}

} // namespace

CurvePanel::CurvePanel(QWidget* parent) : QWidget(parent)
{
    m_plots = {new CurvePlot(tr("Loss (nats)"), this), new CurvePlot(tr("Accuracy"), this), new CurvePlot(tr("Learning rate"), this),
               new CurvePlot(tr("Clips/s"), this), new CurvePlot(tr("Embedding, codes"), this)};
    m_plots[Accuracy]->setLegendCorner(Qt::AlignBottom | Qt::AlignRight);
    m_plots[Accuracy]->setValueFormat('f', 3);
    m_plots[LearningRate]->setValueFormat('g', 3);
    m_plots[Speed]->setValueFormat('f', 1);
    m_plots[Embedding]->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    auto* bar = new QToolBar(tr("Curves"), this);
    addControls(bar);
    layout->addWidget(bar);
    m_message = new QLabel(this);
    m_message->setWordWrap(true);
    m_message->hide();
    layout->addWidget(m_message);
    auto* grid = new QGridLayout;
    grid->setSpacing(4);
    // What one looks at longest is largest.
    grid->addWidget(m_plots[Loss], 0, 0);
    grid->addWidget(m_plots[Accuracy], 0, 1);
    auto* below = new QHBoxLayout;
    below->setSpacing(grid->spacing());
    for (const Plot plot : {LearningRate, Embedding, Speed})
        below->addWidget(m_plots[plot], 1);
    grid->addLayout(below, 1, 0, 1, 2);
    grid->setRowStretch(0, 3);
    grid->setRowStretch(1, 2);
    layout->addLayout(grid, 1);
    for (CurvePlot* plot : m_plots) {
        plot->setMinimumSize(fontMetrics().height() * 10, fontMetrics().height() * 6);
        plot->setAxis(m_axis);
        connect(plot, &CurvePlot::saveRequested, this, [this, plot] { save(plot); });
    }
    showHint();
}

void CurvePanel::addControls(QToolBar* bar)
{
    m_stageChoice = new QComboBox(this);
    m_stageChoice->setObjectName(QStringLiteral("stage"));
    m_stageChoice->setAccessibleName(tr("Stage"));
    m_stageChoice->setToolTip(tr("Which part of the training the curves are of: a pretraining stage or the classifier's. It follows the running run."));
    m_stageChoice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_stageChoice, &QComboBox::currentIndexChanged, this, [this] { showStage(m_stageChoice->currentData().toString().toStdString()); });
    m_stageAction = bar->addWidget(m_stageChoice);
    offerStage(supervisedStage);
    m_axisChoice = new QComboBox(this);
    m_axisChoice->addItems({tr("Steps"), tr("Epochs"), tr("Time")});
    m_axisChoice->setCurrentIndex(static_cast<int>(m_axis));
    m_axisChoice->setAccessibleName(tr("Horizontal axis"));
    m_axisChoice->setToolTip(tr("What the curves are drawn over. Stored runs are known by epoch; over steps only runs trained since "
                                "the program started are drawn."));
    connect(m_axisChoice, &QComboBox::currentIndexChanged, this, [this](int index) { setAxis(static_cast<CurveAxis>(index)); });
    m_smoothing = new QSlider(Qt::Horizontal, this);
    m_smoothing->setRange(0, 100);
    m_smoothing->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_smoothing->setToolTip(tr("Exponential moving average; the raw curve stays visible, faintly, behind it."));
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) {
        for (CurvePlot* plot : m_plots)
            plot->setSmoothing(smoothingOf(value));
    });
    auto* logarithmic = new QCheckBox(tr("Log loss"), this);
    logarithmic->setToolTip(tr("Draws the loss on a logarithmic axis, on which a steady rate of improvement is a straight line."));
    connect(logarithmic, &QCheckBox::toggled, m_plots[Loss], &CurvePlot::setLogarithmic);
    m_everyStep = new QCheckBox(tr("Every step"), this);
    m_everyStep->setChecked(true);
    m_everyStep->setToolTip(tr("Draws the loss of every training step of this session's runs, not only the mean of each epoch."));
    connect(m_everyStep, &QCheckBox::toggled, this, &CurvePanel::refreshAll);
    auto* space = new QWidget(this);
    space->setFixedWidth(fontMetrics().averageCharWidth() * 2);
    bar->addWidget(new QLabel(tr(" Over "), this));
    bar->addWidget(m_axisChoice);
    bar->addWidget(space);
    bar->addWidget(new QLabel(tr("Smoothing "), this));
    bar->addWidget(m_smoothing);
    bar->addWidget(logarithmic);
    bar->addWidget(m_everyStep);
    bar->addAction(tr("Fit"), this, [this] {
        for (CurvePlot* plot : m_plots)
            plot->fit();
    })->setToolTip(tr("Shows all curves from beginning to end and follows them again."));
    bar->addAction(tr("Save loss…"), this, [this] { save(m_plots[Loss]); })
        ->setToolTip(tr("Saves the picture (PNG, SVG, PDF) or the points (CSV). The other plots have this in their context menu."));
}

void CurvePanel::setAxis(CurveAxis axis)
{
    m_axis = axis;
    for (CurvePlot* plot : m_plots)
        plot->setAxis(axis);
    refreshAll();
}

void CurvePanel::offerStage(const std::string& stage)
{
    const QString data = QString::fromStdString(stage);
    if (m_stageChoice->findData(data) >= 0)
        return;
    const QSignalBlocker quiet(m_stageChoice);
    // In the order in which they run: pretraining by name, the classifier last.
    int row = 0;
    while (row < m_stageChoice->count() && stage != supervisedStage && m_stageChoice->itemData(row).toString() < data
           && m_stageChoice->itemData(row).toString() != QLatin1String(supervisedStage))
        ++row;
    m_stageChoice->insertItem(stage == supervisedStage ? m_stageChoice->count() : row, QString::fromStdString(stageTitle(stage)), data);
    m_stageChoice->setCurrentIndex(m_stageChoice->findData(QString::fromStdString(m_stage)));
    m_stageAction->setVisible(m_stageChoice->count() > 1);
}

void CurvePanel::showStage(const std::string& stage)
{
    offerStage(stage);
    if (stage == m_stage)
        return;
    m_stage = stage;
    const QSignalBlocker quiet(m_stageChoice);
    m_stageChoice->setCurrentIndex(m_stageChoice->findData(QString::fromStdString(stage)));
    refreshAll();
    for (CurvePlot* plot : m_plots)
        plot->fit();
}

void CurvePanel::refreshAll()
{
    for (const auto& [id, run] : m_runs)
        refreshLooks(id);
}

void CurvePanel::showRun(const std::string& run, const QString& name, const QColor& colour)
{
    Run& known = m_runs[run];
    known.name = name;
    known.colour = colour;
    known.shown = true;
    refreshLooks(run);
    follow(known);
    showHint();
}

void CurvePanel::hideRun(const std::string& run)
{
    m_runs[run].shown = false;
    refreshLooks(run);
    showHint();
}

void CurvePanel::showHint()
{
    const bool any = std::any_of(m_runs.begin(), m_runs.end(), [](const auto& entry) { return entry.second.shown; });
    m_plots[Loss]->setEmptyText(any ? tr("The first batches\nbring the first points.") : tr("Start a run,\nor tick one in the list,\nto see its curves."));
}

void CurvePanel::removeRun(const std::string& run)
{
    const auto found = m_runs.find(run);
    if (found == m_runs.end())
        return;
    for (int plot = 0; plot < PlotCount; ++plot)
        for (const Drawn& drawn : found->second.drawn[plot])
            m_plots[static_cast<size_t>(plot)]->removeCurve(drawn.id);
    m_runs.erase(found);
    showHint();
}

bool CurvePanel::hasMetrics(const std::string& run) const
{
    const auto found = m_runs.find(run);
    return found != m_runs.end() && found->second.curves.folds() > 0;
}

void CurvePanel::applyReport(const TrainingReport& report)
{
    Run& run = m_runs[report.run];
    const std::string& stage = report.stage.name;
    const bool stepsWereKnown = run.curves.stepsPerEpoch(stage) > 0.0;
    const RunCurves::Placed placed = run.curves.apply(report);
    // Stored epochs say nothing of steps; the first report of a resumed run does.
    if (!stepsWereKnown && run.curves.stepsPerEpoch(stage) > 0.0 && !run.curves.epochs().empty())
        setMetrics(report.run, {});
    draw(report.run, run, placed, report.fold, stage);
    if (report.state != RunState::Running)
        return;
    run.runningStage = stage;
    follow(run);
}

void CurvePanel::follow(Run& run)
{
    if (!run.shown || run.runningStage == run.followedStage)
        return;
    run.followedStage = run.runningStage;
    showStage(run.runningStage);
}

void CurvePanel::setMetrics(const std::string& id, const std::vector<EpochMetrics>& epochs)
{
    Run& run = m_runs[id];
    for (int plot = 0; plot < PlotCount; ++plot)
        for (const Drawn& drawn : run.drawn[plot])
            if (drawn.quantity != stepLoss)
                m_plots[static_cast<size_t>(plot)]->clearCurve(drawn.id);
    draw(id, run, run.curves.replace(epochs), 0, {});
}

void CurvePanel::draw(const std::string& id, Run& run, const RunCurves::Placed& placed, int stepFold, const std::string& stepStage)
{
    for (size_t i = 0; i < placed.steps.size(); ++i) {
        const Place place{.fold = stepFold, .stage = stepStage, .sample = placed.stepPlaces[i]};
        add(id, run, Loss, place, std::string(stepLoss), placed.steps[i].loss);
        add(id, run, LearningRate, place, "learning_rate", placed.steps[i].learningRate);
    }
    for (size_t i = 0; i < placed.epochs.size(); ++i)
        drawEpoch(id, run, placed.epochs[i], placed.epochPlaces[i]);
    if (!placed.epochs.empty())
        refreshLooks(id);
}

void CurvePanel::drawEpoch(const std::string& id, Run& run, const EpochMetrics& epoch, const CurveSample& sample)
{
    offerStage(epoch.stage);
    const Place place{.fold = epoch.fold, .stage = epoch.stage, .sample = sample};
    add(id, run, Loss, place, std::string(trainLoss), epoch.trainLoss);
    add(id, run, Accuracy, place, std::string(trainAccuracy), epoch.trainAccuracy);
    add(id, run, LearningRate, place, "learning_rate", epoch.learningRate);
    add(id, run, Speed, place, "clips_per_second", epoch.clipsPerSecond);
    for (const Figure& figure : epoch.figures)
        if (const FigureInfo* const info = findFigure(figure.name))
            add(id, run, info->kind == FigureInfo::Kind::Accuracy ? Accuracy : Embedding, place, figure.name, figure.value);
    if (epoch.stage != supervisedStage)
        return;
    add(id, run, Loss, place, std::string(valLoss), epoch.valLoss);
    add(id, run, Accuracy, place, std::string(valAccuracy), epoch.valAccuracy);
    markBest(id, epoch.fold);
}

void CurvePanel::add(const std::string& id, Run& run, Plot plot, const Place& place, const std::string& quantity, double value)
{
    const Drawn drawn{.id = {.run = id, .fold = place.fold, .quantity = quantityOf(place.stage, quantity)}, .stage = place.stage, .quantity = quantity};
    if (!m_plots[plot]->series(drawn.id)) {
        run.drawn[plot].push_back(drawn);
        m_plots[plot]->setCurve(drawn.id, look(run, drawn));
    }
    CurveSample sample = place.sample;
    sample.value = value;
    m_plots[plot]->append(drawn.id, {&sample, 1});
}

CurveLook CurvePanel::look(const Run& run, const Drawn& drawn) const
{
    QString name = run.name.isEmpty() ? QString::fromStdString(drawn.id.run) : run.name;
    if (run.curves.folds() > 1)
        name = tr("%1, fold %2").arg(name).arg(drawn.id.fold);
    const FigureInfo* const figure = findFigure(drawn.quantity);
    QColor colour = run.colour;
    bool dashed = isTraining(drawn.quantity);
    if (figure) {
        name = tr("%1, %2").arg(name, QString::fromStdString(figure->title));
        const int rank = rankOf(*figure);
        dashed = figure->kind == FigureInfo::Kind::Embedding && rank % 2 == 1;
        colour.setAlphaF(std::max(0.35f, 1.0f - 0.25f * static_cast<float>(figure->kind == FigureInfo::Kind::Embedding ? rank / 2 : rank)));
    } else if (isValidation(drawn.quantity)) {
        name = tr("%1, validation").arg(name);
    } else if (drawn.quantity == stepLoss) {
        name = tr("%1, each step").arg(name);
        colour.setAlphaF(0.4f);
    } else if (isTraining(drawn.quantity)) {
        name = drawn.stage == supervisedStage ? tr("%1, training").arg(name) : tr("%1, pretext").arg(name);
    }
    const bool placedOnAxis = m_axis != CurveAxis::Step || run.curves.stepsPerEpoch(drawn.stage) > 0.0;
    const bool wanted = drawn.quantity != stepLoss || m_everyStep->isChecked();
    return {.name = name, .colour = colour, .dashed = dashed, .visible = run.shown && drawn.stage == m_stage && placedOnAxis && wanted,
            .inLegend = figure || isValidation(drawn.quantity) || isTraining(drawn.quantity)};
}

void CurvePanel::refreshLooks(const std::string& id)
{
    const auto found = m_runs.find(id);
    if (found == m_runs.end())
        return;
    for (int plot = 0; plot < PlotCount; ++plot)
        for (const Drawn& drawn : found->second.drawn[plot])
            m_plots[static_cast<size_t>(plot)]->setCurve(drawn.id, look(found->second, drawn));
    m_plots[Embedding]->setVisible(std::ranges::any_of(m_runs, [this](const auto& entry) {
        return entry.second.shown && std::ranges::any_of(entry.second.drawn[Embedding], [this](const Drawn& drawn) { return drawn.stage == m_stage; });
    }));
}

void CurvePanel::markBest(const std::string& id, int fold)
{
    const CurveId loss{id, fold, std::string(valLoss)}, accuracy{id, fold, std::string(valAccuracy)};
    const CurveSeries* losses = m_plots[Loss]->series(loss);
    const CurveSeries* accuracies = m_plots[Accuracy]->series(accuracy);
    if (losses && losses->size() > 0)
        m_plots[Loss]->setBest(loss, static_cast<int>(losses->raw().extremes(0, losses->size()).lowest));
    if (accuracies && accuracies->size() > 0)
        m_plots[Accuracy]->setBest(accuracy, static_cast<int>(accuracies->raw().extremes(0, accuracies->size()).highest));
}

void CurvePanel::save(CurvePlot* plot)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save curves"), QStringLiteral("curves.png"),
                                                      tr("PNG (*.png);;SVG (*.svg);;PDF (*.pdf);;CSV (*.csv)"));
    if (path.isEmpty())
        return;
    if (!path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) {
        showFailure(plot->saveTo(path));
        return;
    }
    m_writing.add([this, write = plot->csvWriter(path), deliver = Deliver(this)](std::stop_token) {
        deliver([this, failure = write()] { showFailure(failure); });
    });
}

void CurvePanel::showFailure(const QString& sentence)
{
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

} // namespace melscope
