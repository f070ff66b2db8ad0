// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/RunCurves.h"

namespace melscope {

RunCurves::Placed RunCurves::apply(const TrainingReport& report)
{
    Placed placed;
    const std::string& stage = report.stage.name;
    if (report.steps > 0 && report.epochs > 0)
        m_stepsPerEpoch[stage] = static_cast<double>(report.steps) / report.epochs;
    const double passed = m_sinceReport.isValid() ? static_cast<double>(m_sinceReport.restart()) / 1000.0 : 0.0;
    if (!m_sinceReport.isValid())
        m_sinceReport.start();
    const bool running = report.state == RunState::Running;
    if (running && m_wasRunning)
        m_courses[{report.fold, stage}].running += passed;
    m_wasRunning = running;
    if (const double perEpoch = stepsPerEpoch(stage); perEpoch > 0.0)
        for (const StepMetrics& step : report.newSteps) {
            const Course& course = m_courses[{report.fold, stage}];
            placed.steps.push_back(step);
            placed.stepPlaces.push_back({.step = static_cast<double>(step.step), .epoch = static_cast<double>(step.step) / perEpoch,
                                         .seconds = course.seconds + course.running});
        }
    for (const EpochMetrics& epoch : report.newEpochs)
        place(epoch, placed);
    return placed;
}

RunCurves::Placed RunCurves::replace(const std::vector<EpochMetrics>& epochs)
{
    const std::vector<EpochMetrics> known = std::move(m_epochs);
    m_epochs.clear();
    m_courses.clear();
    Placed placed;
    for (const EpochMetrics& epoch : epochs)
        place(epoch, placed);
    for (const EpochMetrics& epoch : known)
        place(epoch, placed);
    return placed;
}

double RunCurves::stepsPerEpoch(const std::string& stage) const
{
    const auto found = m_stepsPerEpoch.find(stage);
    return found == m_stepsPerEpoch.end() ? 0.0 : found->second;
}

size_t RunCurves::folds() const
{
    size_t count = 0;
    int last = -1;
    for (const auto& [key, course] : m_courses) {
        count += count == 0 || key.first != last;
        last = key.first;
    }
    return count;
}

void RunCurves::place(const EpochMetrics& epoch, Placed& placed)
{
    Course& course = m_courses[{epoch.fold, epoch.stage}];
    if (epoch.epoch <= course.lastEpoch)
        return;
    course.lastEpoch = epoch.epoch;
    course.seconds += epoch.seconds;
    course.running = 0.0;
    m_epochs.push_back(epoch);
    placed.epochs.push_back(epoch);
    placed.epochPlaces.push_back({.step = epoch.epoch * stepsPerEpoch(epoch.stage), .epoch = static_cast<double>(epoch.epoch), .seconds = course.seconds});
}

} // namespace melscope
