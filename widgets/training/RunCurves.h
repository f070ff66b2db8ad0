// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/CurveSeries.h"
#include "training/TrainingReport.h"

#include <QElapsedTimer>

#include <map>
#include <vector>

namespace melscope {

/// Places a run's epochs and steps on the three axes: step, epoch, seconds of training. The clock of a fold is the sum of its
/// epochs' own times; within the running epoch it follows the wall clock, pauses left out.
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

    double stepsPerEpoch() const { return m_stepsPerEpoch; } ///< 0 while unknown: stored epochs do not say
    const std::vector<EpochMetrics>& epochs() const { return m_epochs; } ///< all that are known
    size_t folds() const { return m_folds.size(); }

private:
    struct Fold
    {
        int lastEpoch = 0;
        double seconds = 0.0; ///< up to the end of lastEpoch
        double running = 0.0; ///< since
    };
    void place(const EpochMetrics& epoch, Placed& placed);

    std::vector<EpochMetrics> m_epochs;
    std::map<int, Fold> m_folds;
    double m_stepsPerEpoch = 0.0;
    QElapsedTimer m_sinceReport;
    bool m_wasRunning = false;
};

} // namespace melscope
