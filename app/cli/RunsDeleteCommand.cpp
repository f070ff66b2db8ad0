// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/TrainingSession.h"

namespace melscope::cli {
namespace {

int runDelete(const Arguments& arguments, Output& output)
{
    const auto store = openStore(arguments.text("runs"));
    const RunRecord run = store->find(arguments.operands().front());
    store->remove(run.id);
    output.json({{"event", "deleted"}, {"run", run.id}, {"name", run.name}});
    output.message("Deleted run " + run.id + " (" + run.name + ").");
    return Done;
}

} // namespace

Command runsDeleteCommand()
{
    return {.name = "runs delete", .operands = "RUN", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "delete a run with its metrics, predictions and checkpoints",
            .details = "It is gone for good. A run that is being trained is refused.",
            .options = {runsOption}, .run = runDelete};
}

} // namespace melscope::cli
