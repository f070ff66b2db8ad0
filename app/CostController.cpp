// SPDX-License-Identifier: GPL-3.0-or-later
#include "CostController.h"

#include "RunsController.h"
#include "training/RunForm.h"

namespace melscope {

CostController::CostController(RunForm& form, RunsController& runs, QObject* parent) : QObject(parent), m_form(form), m_runs(runs)
{
    connect(&form, &RunForm::costRequested, this, &CostController::measure);
    connect(&form, &RunForm::costCancelled, this, &CostController::cancel);
    // Nobody waits for an estimate of what has begun.
    connect(&form, &RunForm::startRequested, this, &CostController::cancel);
}

void CostController::cancel()
{
    m_request.giveUp();
    m_form.showMeasuring({});
}

void CostController::measure(const FoldJob& job)
{
    m_form.showMeasuring(m_runs.isTraining() ? tr("Waiting for the training") : tr("Measuring"));
    m_runs.betweenRuns([this, job, request = m_request.renew(this)](RunStore&, const TrainingQueue::EngineSource& engine, const std::stop_token& closing) {
        request.attempt([&] {
            std::string last;
            const TrainingCost cost = engine()->measureCost(job, [&](const std::string& doing) {
                if (doing != last)
                    request.send([this, text = QString::fromStdString(doing)] { m_form.showMeasuring(text); });
                last = doing;
                return request.isWanted() && !closing.stop_requested();
            });
            request.send([this, job, cost] { m_form.setCost(job, cost); });
        }, [this](const QString& sentence) { m_form.showCostFailure(sentence); });
    });
}

} // namespace melscope
