// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

#include <optional>

namespace melscope {

/// How fast a stage trains once loader and trainer have settled, told from its reports and when they came. Between two reports lie
/// whole steps, those around the end of an epoch left out: what an epoch ends with is not training. Free of clocks and torch.
class StageSpeed
{
public:
    /// `warmUp`: steps in which the loader fills its queue and memory is first taken; slow stages have one, whatever comes first.
    /// `budget`: seconds to watch. `clipsPerEpoch`: those trained with.
    StageSpeed(int64_t warmUp, double budget, double clipsPerEpoch) : m_warmUp(warmUp), m_budget(budget), m_clipsPerEpoch(clipsPerEpoch) {}

    void add(const FoldProgress& progress, double seconds); ///< seconds since the stage was begun
    bool isKnown() const; ///< watched for long enough, and at least a step after one that warms up

    double secondsBefore() const { return m_first.value_or(0.0); } ///< the first step: of a tokenizer, say
    double secondsPerStep() const; ///< 0 where no report told anything

private:
    const int64_t m_warmUp;
    const double m_budget;
    const double m_clipsPerEpoch;
    std::optional<double> m_first; // seconds of the first report
    double m_lastSeconds = 0.0;
    int64_t m_lastStep = 0;
    int64_t m_steps = 0; // timed, as the next
    double m_seconds = 0.0;
    int m_epochs = 0;
    double m_ofEpoch = 0.0; // seconds a step, by the last epoch's own clips a second: where an epoch is shorter than the time between reports
};

} // namespace melscope
