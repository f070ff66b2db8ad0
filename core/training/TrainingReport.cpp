// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/TrainingReport.h"

#include "base/Error.h"

#include <array>

namespace melscope {
namespace {

constexpr std::array allStates{RunState::Queued,   RunState::Preparing,   RunState::Running,  RunState::Pausing, RunState::Paused,
                               RunState::Stopping, RunState::Interrupted, RunState::Finished, RunState::Stopped, RunState::Failed};

} // namespace

double StagePlace::doneOfFold(int64_t step, int64_t steps) const
{
    return shareBefore + (steps > 0 ? share * static_cast<double>(step) / static_cast<double>(steps) : 0.0);
}

const char* toString(RunState state)
{
    switch (state) {
    case RunState::Queued: return "queued";
    case RunState::Preparing: return "preparing";
    case RunState::Running: return "running";
    case RunState::Pausing: return "pausing";
    case RunState::Paused: return "paused";
    case RunState::Stopping: return "stopping";
    case RunState::Interrupted: return "interrupted";
    case RunState::Finished: return "finished";
    case RunState::Stopped: return "stopped";
    case RunState::Failed: return "failed";
    }
    return "failed";
}

RunState runStateFrom(const std::string& text)
{
    for (const RunState state : allStates)
        if (text == toString(state))
            return state;
    throw Error(ErrorKind::Format, "\"" + text + "\" is not the state of a run.");
}

bool isActive(RunState state)
{
    return state >= RunState::Preparing && state <= RunState::Stopping;
}

bool isEnded(RunState state)
{
    return state == RunState::Finished || state == RunState::Stopped || state == RunState::Failed;
}

bool canPause(RunState state)
{
    return state == RunState::Preparing || state == RunState::Running;
}

bool canContinue(RunState state)
{
    return state == RunState::Pausing || state == RunState::Paused;
}

bool canStop(RunState state)
{
    return state == RunState::Queued || (isActive(state) && state != RunState::Stopping);
}

bool canResume(RunState state)
{
    return state == RunState::Interrupted || state == RunState::Failed;
}

} // namespace melscope
