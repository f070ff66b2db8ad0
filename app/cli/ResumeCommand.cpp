// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "cli/Commands.h"
#include "cli/TrainingSession.h"

namespace melscope::cli {
namespace {

int runResume(const Arguments& arguments, Output& output)
{
    const auto store = openStore(arguments.text("runs"));
    const RunRecord record = store->find(arguments.operands().front());
    if (isActive(record.state))
        throw Error(ErrorKind::Busy, "Run " + record.id + " is being trained by another Melscope.");
    if (!canResume(record.state) && record.state != RunState::Queued)
        throw Error(ErrorKind::InvalidValue, "Run " + record.id + " is " + toString(record.state) + "; there is nothing to resume.");
    return resumeRun(store, record, output);
}

} // namespace

Command resumeCommand()
{
    return {.name = "resume", .operands = "RUN", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "go on with a run that was interrupted, failed or killed",
            .details = "RUN is the run's id, an unambiguous beginning of it, or its name. Training goes on from the last checkpoint to "
                       "exactly the numbers of a run that was never interrupted. Results of folds that were finished before are "
                       "printed again.",
            .options = {runsOption}, .examples = {"melscope resume 3f9a"}, .run = runResume};
}

} // namespace melscope::cli
