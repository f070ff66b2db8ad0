// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/CurveSeries.h"
#include "training/TrainingReport.h"

#include <QElapsedTimer>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace melscope {

/// Places a run's epochs and steps on the three axes: step, epoch, seconds of training, all counted from the beginning of their
/// stage. The clock of a stage is the sum of its epochs' own times; within the running epoch it follows the wall clock, pauses
/// left out.
class RunCurves
{
public:
    struct Placed
    {
        std::vector<EpochMetrics> epochs;     ///< those that are new
        std::vector<CurveSample> epochPlaces; ///< value unset
        std::vector<StepMetrics> steps;
        std::vector<CurveSample> stepPlaces;
    };

    Placed apply(const TrainingReport& report);
    /// Places everything anew: `epochs`, and what was reported beyond them.
    Placed replace(const std::vector<EpochMetrics>& epochs);

    double stepsPerEpoch(const std::string& stage) const; ///< 0 while unknown: stored epochs do not say
    const std::vector<EpochMetrics>& epochs() const { return m_epochs; } ///< all that are known
    size_t folds() const;

private:
    struct Course
    {
        int lastEpoch = 0;
        double seconds = 0.0; ///< up to the end of lastEpoch
        double running = 0.0; ///< since
    };
    void place(const EpochMetrics& epoch, Placed& placed);

    std::vector<EpochMetrics> m_epochs;
    std::map<std::pair<int, std::string>, Course> m_courses; // by fold and stage
    std::map<std::string, double> m_stepsPerEpoch;           // by stage
    QElapsedTimer m_sinceReport;
    bool m_wasRunning = false;
};

} // namespace melscope
