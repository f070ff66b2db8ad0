// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/TrainingState.h"
#include "training/Engine.h"

#include <chrono>
#include <deque>

namespace melscope {

/// Collects what happened and sends it as one FoldProgress, at most every 60 ms unless told that something changed.
/// Measures speed over the last batches, pauses left out. Training thread only.
class ProgressReporter
{
public:
    using Clock = std::chrono::steady_clock;

    explicit ProgressReporter(const std::function<void(const FoldProgress&)>& send) : m_send(send) {}

    /// The first report of a sitting: where it takes up, and all epochs so far (who was killed between a checkpoint and its
    /// report has not heard of the last one).
    void begin(const TrainingState& state, int epochs, int64_t steps);
    /// What is wished; while that is a pause, it waits, and says so before and after.
    RunControl::Wish heed(RunControl& control);

    FoldProgress& now() { return m_progress; }
    void batchDone(double seconds, int64_t clips);
    void add(const StepMetrics& step) { m_progress.newSteps.push_back(step); }
    void add(const EpochMetrics& epoch) { m_progress.newEpochs.push_back(epoch); }
    bool due() const { return Clock::now() - m_lastSent >= std::chrono::milliseconds(60); }
    void send();

private:
    struct Timing
    {
        double seconds = 0.0;
        int64_t clips = 0;
    };

    const std::function<void(const FoldProgress&)>& m_send;
    FoldProgress m_progress;
    std::deque<Timing> m_recent;
    Clock::time_point m_lastSent;
};

} // namespace melscope
