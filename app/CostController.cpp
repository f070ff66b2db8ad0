// SPDX-License-Identifier: GPL-3.0-or-later
#include "CostController.h"

#include "RunsController.h"
#include "common/Deliver.h"
#include "training/RunForm.h"

namespace melscope {

CostController::CostController(RunForm& form, RunsController& runs, QObject* parent) : QObject(parent), m_form(form), m_runs(runs)
{
    connect(&form, &RunForm::costRequested, this, &CostController::measure);
    connect(&form, &RunForm::costCancelled, this, &CostController::cancel);
    // Nobody waits for an estimate of what has begun.
    connect(&form, &RunForm::startRequested, this, &CostController::cancel);
}

CostController::~CostController()
{
    m_stop.request_stop();
}

void CostController::cancel()
{
    m_stop.request_stop();
    m_form.showMeasuring({});
}

void CostController::measure(const FoldJob& job)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_form.showMeasuring(m_runs.isTraining() ? tr("Waiting for the training") : tr("Measuring"));
    m_runs.betweenRuns([this, job, wanted = m_stop.get_token(), deliver = Deliver(this)](RunStore&, const TrainingQueue::EngineSource& engine,
                                                                                        const std::stop_token& closing) {
        const auto send = [&](auto call) {
            deliver([wanted, call] {
                if (!wanted.stop_requested())
                    call();
            });
        };
        try {
            std::string last;
            const TrainingCost cost = engine()->measureCost(job, [&](const std::string& doing) {
                if (doing != last)
                    send([this, text = QString::fromStdString(doing)] { m_form.showMeasuring(text); });
                last = doing;
                return !wanted.stop_requested() && !closing.stop_requested();
            });
            send([this, job, cost] { m_form.setCost(job, cost); });
        } catch (const std::exception& error) {
            send([this, sentence = QString::fromStdString(error.what())] { m_form.showCostFailure(sentence); });
        }
    });
}

} // namespace melscope
