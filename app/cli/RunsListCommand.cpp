// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/TrainingSession.h"
#include "runs/RunExport.h"

#include <cstdio>

namespace melscope::cli {
namespace {

int runList(const Arguments& arguments, Output& output)
{
    const std::vector<RunRecord> runs = openStore(arguments.text("runs"))->list();
    for (const RunRecord& run : runs) {
        output.json(toJson(run));
        const double accuracy = pooledAccuracy(run.results);
        output.text(run.id + "  " + run.name + "  " + toString(run.state) + "  " + run.recipeName + "  " + run.datasetName + "  "
                    + std::to_string(run.results.size()) + " of " + std::to_string(run.folds.size()) + " folds  " + percent(accuracy));
    }
    if (runs.empty())
        output.message("There are no runs yet; melscope train makes one.");
    return Done;
}

} // namespace

Command runsListCommand()
{
    return {.name = "runs list", .summary = "list the runs, newest first",
            .details = "One line a run: id, name, state, recipe, dataset, finished folds and their pooled accuracy.",
            .options = {runsOption}, .run = runList};
}

} // namespace melscope::cli
