// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/TrainPage.h"

#include "plot/SeriesColours.h"
#include "training/CollapseAlarm.h"
#include "training/CurvePanel.h"
#include "training/OfferBar.h"
#include "training/QueuePanel.h"
#include "training/RunForm.h"
#include "training/RunsList.h"
#include "training/RunsModel.h"

#include <QEvent>
#include <QSplitter>
#include <QVBoxLayout>

namespace melscope {

TrainPage::TrainPage(QWidget* parent)
    : QWidget(parent), m_model(new RunsModel(this)), m_offer(new OfferBar(this)), m_alarm(new CollapseAlarm(this)), m_form(new RunForm(this)),
      m_curves(new CurvePanel(this)), m_queue(new QueuePanel(*m_model, this))
{
    const int unit = fontMetrics().averageCharWidth();
    auto* watch = new QSplitter(Qt::Horizontal, this);
    watch->addWidget(m_curves);
    watch->addWidget(new RunsList(*m_model, this));
    watch->setStretchFactor(0, 1);
    watch->setSizes({unit * 104, unit * 42});
    auto* right = new QSplitter(Qt::Vertical, this);
    right->addWidget(watch);
    right->addWidget(m_queue);
    right->setStretchFactor(0, 1);
    right->setSizes({fontMetrics().height() * 28, fontMetrics().height() * 9});
    auto* all = new QSplitter(Qt::Horizontal, this);
    all->addWidget(m_form);
    all->addWidget(right);
    all->setStretchFactor(1, 1);
    all->setSizes({unit * 52, unit * 150});
    for (QSplitter* splitter : {watch, right, all})
        splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_offer);
    layout->addWidget(m_alarm);
    layout->addWidget(all, 1);
    connectParts();
}

TrainPage::~TrainPage() = default;

void TrainPage::connectParts()
{
    connect(m_form, &RunForm::startRequested, this, &TrainPage::startRequested);
    connect(m_form, &RunForm::editAugmentationRequested, this, &TrainPage::editAugmentationRequested);
    connect(m_offer, &OfferBar::resumeRequested, this, &TrainPage::resumeRequested);
    connect(m_queue, &QueuePanel::resumeRequested, m_offer, &OfferBar::withdraw);
    connect(m_queue, &QueuePanel::removeRequested, m_offer, &OfferBar::withdraw);
    connect(m_queue, &QueuePanel::pauseRequested, this, &TrainPage::pauseRequested);
    connect(m_queue, &QueuePanel::continueRequested, this, &TrainPage::continueRequested);
    connect(m_queue, &QueuePanel::stopRequested, this, &TrainPage::stopRequested);
    connect(m_queue, &QueuePanel::resumeRequested, this, &TrainPage::resumeRequested);
    connect(m_queue, &QueuePanel::removeRequested, this, &TrainPage::removeRequested);
    connect(m_queue, &QueuePanel::moveRequested, this, &TrainPage::moveRequested);
    connect(m_model, &RunsModel::checkedChanged, this, &TrainPage::showChecked);
    connect(m_model, &RunsModel::renameRequested, this, [this](const std::string& id, const QString& name) {
        showChecked(id);
        Q_EMIT renameRequested(id, name);
    });
}

void TrainPage::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_form->setDataset(std::move(dataset));
}

void TrainPage::setRecipes(const std::vector<Recipe>& recipes)
{
    m_form->setRecipes(recipes);
}

void TrainPage::setRuns(const RunList& runs)
{
    std::vector<std::string> gone;
    for (int row = 0; row < m_model->rowCount(); ++row)
        gone.push_back(m_model->idAt(row));
    m_model->setRuns(runs);
    for (const std::string& id : gone)
        if (!m_model->find(id)) {
            m_curves->removeRun(id);
            m_alarm->forget(id);
        }
    for (const RunRecord& run : runs)
        if (isActive(run.state))
            m_model->setChecked(run.id, true);
    refreshCurves();
}

void TrainPage::setWaiting(const std::vector<std::string>& ids)
{
    m_model->setWaiting(ids);
}

void TrainPage::applyReport(const TrainingReport& report)
{
    const RunRecord* before = m_model->find(report.run);
    const bool starts = isActive(report.state) && (!before || !isActive(before->state));
    // Points of an overtaken report are still true; only its state is old.
    m_curves->applyReport(report);
    m_alarm->watch(report, before ? QString::fromStdString(before->name) : QString());
    if (m_model->applyReport(report) && starts)
        m_model->setChecked(report.run, true);
}

void TrainPage::setMetrics(const std::string& id, const std::vector<EpochMetrics>& epochs)
{
    m_curves->setMetrics(id, epochs);
}

void TrainPage::offerResume(const std::vector<RunRecord>& runs)
{
    m_offer->offer(runs);
}

void TrainPage::showChecked(const std::string& id)
{
    const RunRecord* run = m_model->find(id);
    if (!run || !m_model->isChecked(id))
        return m_curves->hideRun(id);
    m_curves->showRun(id, QString::fromStdString(run->name), seriesColour(m_model->colourIndex(id), palette()));
    if (!m_curves->hasMetrics(id))
        Q_EMIT metricsRequested(id);
}

void TrainPage::refreshCurves()
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (const RunRecord& run = *m_model->find(m_model->idAt(row)); m_model->isChecked(run.id))
            m_curves->showRun(run.id, QString::fromStdString(run.name), seriesColour(m_model->colourIndex(run.id), palette()));
}

void TrainPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshCurves();
    QWidget::changeEvent(event);
}

} // namespace melscope
