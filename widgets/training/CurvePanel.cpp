// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/CurvePanel.h"

#include "common/Deliver.h"

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

bool isValidation(const CurveId& id)
{
    return id.quantity == valLoss || id.quantity == valAccuracy;
}

} // namespace

CurvePanel::CurvePanel(QWidget* parent) : QWidget(parent)
{
    m_plots = {new CurvePlot(tr("Loss (nats)"), this), new CurvePlot(tr("Accuracy"), this), new CurvePlot(tr("Learning rate"), this),
               new CurvePlot(tr("Clips/s"), this)};
    m_plots[Accuracy]->setLegendCorner(Qt::AlignBottom | Qt::AlignRight);
    m_plots[Accuracy]->setValueFormat('f', 3);
    m_plots[LearningRate]->setValueFormat('g', 3);
    m_plots[Speed]->setValueFormat('f', 1);
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
    grid->addWidget(m_plots[LearningRate], 1, 0);
    grid->addWidget(m_plots[Speed], 1, 1);
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
    connect(m_everyStep, &QCheckBox::toggled, this, [this] {
        for (const auto& [id, run] : m_runs)
            refreshLooks(id);
    });
    auto* space = new QWidget(this);
    space->setFixedWidth(fontMetrics().averageCharWidth() * 2);
    bar->addWidget(new QLabel(tr("Over "), this));
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
        for (const CurveId& id : found->second.ids[plot])
            m_plots[static_cast<size_t>(plot)]->removeCurve(id);
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
    const bool stepsWereKnown = run.curves.stepsPerEpoch() > 0.0;
    const RunCurves::Placed placed = run.curves.apply(report);
    // Stored epochs say nothing of steps; the first report of a resumed run does.
    if (!stepsWereKnown && run.curves.stepsPerEpoch() > 0.0 && !run.curves.epochs().empty())
        setMetrics(report.run, {});
    draw(report.run, run, placed, report.fold);
}

void CurvePanel::setMetrics(const std::string& id, const std::vector<EpochMetrics>& epochs)
{
    Run& run = m_runs[id];
    for (int plot = 0; plot < PlotCount; ++plot)
        for (const CurveId& curve : run.ids[plot])
            if (curve.quantity != stepLoss)
                m_plots[static_cast<size_t>(plot)]->clearCurve(curve);
    draw(id, run, run.curves.replace(epochs), 0);
}

void CurvePanel::draw(const std::string& id, Run& run, const RunCurves::Placed& placed, int stepFold)
{
    const size_t folds = run.curves.folds();
    for (size_t i = 0; i < placed.steps.size(); ++i) {
        add(id, run, Loss, stepFold, stepLoss.data(), placed.stepPlaces[i], placed.steps[i].loss);
        add(id, run, LearningRate, stepFold, "learning_rate", placed.stepPlaces[i], placed.steps[i].learningRate);
    }
    for (size_t i = 0; i < placed.epochs.size(); ++i) {
        const EpochMetrics& epoch = placed.epochs[i];
        const CurveSample& place = placed.epochPlaces[i];
        add(id, run, Loss, epoch.fold, trainLoss.data(), place, epoch.trainLoss);
        add(id, run, Loss, epoch.fold, valLoss.data(), place, epoch.valLoss);
        add(id, run, Accuracy, epoch.fold, trainAccuracy.data(), place, epoch.trainAccuracy);
        add(id, run, Accuracy, epoch.fold, valAccuracy.data(), place, epoch.valAccuracy);
        add(id, run, LearningRate, epoch.fold, "learning_rate", place, epoch.learningRate);
        add(id, run, Speed, epoch.fold, "clips_per_second", place, epoch.clipsPerSecond);
        markBest(id, epoch.fold);
    }
    if (folds != run.curves.folds() || !placed.epochs.empty())
        refreshLooks(id);
}

void CurvePanel::add(const std::string& id, Run& run, Plot plot, int fold, const char* quantity, CurveSample place, double value)
{
    const CurveId curve{.run = id, .fold = fold, .quantity = quantity};
    if (!m_plots[plot]->series(curve)) {
        run.ids[plot].push_back(curve);
        m_plots[plot]->setCurve(curve, look(run, curve));
    }
    place.value = value;
    m_plots[plot]->append(curve, {&place, 1});
}

CurveLook CurvePanel::look(const Run& run, const CurveId& id) const
{
    QString name = run.name.isEmpty() ? QString::fromStdString(id.run) : run.name;
    if (run.curves.folds() > 1)
        name = tr("%1, fold %2").arg(name).arg(id.fold);
    if (isValidation(id))
        name = tr("%1, validation").arg(name);
    else if (id.quantity == stepLoss)
        name = tr("%1, each step").arg(name);
    else if (id.quantity == trainLoss || id.quantity == trainAccuracy)
        name = tr("%1, training").arg(name);
    QColor colour = run.colour;
    if (id.quantity == stepLoss)
        colour.setAlphaF(0.4f);
    const bool placedOnAxis = m_axis != CurveAxis::Step || run.curves.stepsPerEpoch() > 0.0;
    const bool wanted = id.quantity != stepLoss || m_everyStep->isChecked();
    return {.name = name, .colour = colour, .dashed = id.quantity == trainLoss || id.quantity == trainAccuracy,
            .visible = run.shown && placedOnAxis && wanted,
            .inLegend = isValidation(id) || id.quantity == trainLoss || id.quantity == trainAccuracy};
}

void CurvePanel::refreshLooks(const std::string& id)
{
    const auto found = m_runs.find(id);
    if (found == m_runs.end())
        return;
    for (int plot = 0; plot < PlotCount; ++plot)
        for (const CurveId& curve : found->second.ids[plot])
            m_plots[static_cast<size_t>(plot)]->setCurve(curve, look(found->second, curve));
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
