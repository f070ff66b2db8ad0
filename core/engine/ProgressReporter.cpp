// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ProgressReporter.h"

#include <algorithm>

namespace melscope {

void ProgressReporter::begin(const TrainingState& state, int epochs, int64_t steps)
{
    m_progress.epochs = epochs;
    m_progress.steps = steps;
    m_progress.step = state.step;
    m_progress.epoch = std::min(state.epochsDone + 1, epochs);
    for (const EpochMetrics& epoch : state.history)
        add(epoch);
    send();
}

RunControl::Wish ProgressReporter::heed(RunControl& control)
{
    RunControl::Wish wish = control.wish();
    if (wish != RunControl::Wish::Pause)
        return wish;
    m_progress.paused = true;
    send();
    wish = control.waitWhilePaused();
    m_progress.paused = false;
    send();
    return wish;
}

void ProgressReporter::batchDone(double seconds, int64_t clips)
{
    constexpr size_t remembered = 20;
    m_recent.push_back({seconds, clips});
    if (m_recent.size() > remembered)
        m_recent.pop_front();
    Timing sum;
    for (const Timing& timing : m_recent) {
        sum.seconds += timing.seconds;
        sum.clips += timing.clips;
    }
    if (sum.seconds <= 0.0)
        return;
    m_progress.clipsPerSecond = static_cast<double>(sum.clips) / sum.seconds;
    m_progress.secondsLeft = sum.seconds / static_cast<double>(m_recent.size()) * static_cast<double>(m_progress.steps - m_progress.step);
}

void ProgressReporter::send()
{
    m_lastSent = Clock::now();
    if (m_send)
        m_send(m_progress);
    m_progress.newSteps.clear();
    m_progress.newEpochs.clear();
    m_progress.newConfusion.clear();
}

} // namespace melscope
