// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/RunCurves.h"

namespace melscope {

RunCurves::Placed RunCurves::apply(const TrainingReport& report)
{
    Placed placed;
    if (report.steps > 0 && report.epochs > 0)
        m_stepsPerEpoch = static_cast<double>(report.steps) / report.epochs;
    const double passed = m_sinceReport.isValid() ? static_cast<double>(m_sinceReport.restart()) / 1000.0 : 0.0;
    if (!m_sinceReport.isValid())
        m_sinceReport.start();
    const bool running = report.state == RunState::Running;
    if (running && m_wasRunning)
        m_folds[report.fold].running += passed;
    m_wasRunning = running;
    if (m_stepsPerEpoch > 0.0)
        for (const StepMetrics& step : report.newSteps) {
            const Fold& fold = m_folds[report.fold];
            placed.steps.push_back(step);
            placed.stepPlaces.push_back({.step = static_cast<double>(step.step), .epoch = static_cast<double>(step.step) / m_stepsPerEpoch,
                                         .seconds = fold.seconds + fold.running});
        }
    for (const EpochMetrics& epoch : report.newEpochs)
        place(epoch, placed);
    return placed;
}

RunCurves::Placed RunCurves::replace(const std::vector<EpochMetrics>& epochs)
{
    const std::vector<EpochMetrics> known = std::move(m_epochs);
    m_epochs.clear();
    m_folds.clear();
    Placed placed;
    for (const EpochMetrics& epoch : epochs)
        place(epoch, placed);
    for (const EpochMetrics& epoch : known)
        place(epoch, placed);
    return placed;
}

void RunCurves::place(const EpochMetrics& epoch, Placed& placed)
{
    Fold& fold = m_folds[epoch.fold];
    if (epoch.epoch <= fold.lastEpoch)
        return;
    fold.lastEpoch = epoch.epoch;
    fold.seconds += epoch.seconds;
    fold.running = 0.0;
    m_epochs.push_back(epoch);
    placed.epochs.push_back(epoch);
    placed.epochPlaces.push_back({.step = epoch.epoch * m_stepsPerEpoch, .epoch = static_cast<double>(epoch.epoch), .seconds = fold.seconds});
}

} // namespace melscope
