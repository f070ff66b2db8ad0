// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/RunPrinter.h"
#include "cli/TrainingSession.h"
#include "runs/CardComparison.h"
#include "runs/RunExport.h"

namespace melscope::cli {
namespace {

int runShow(const Arguments& arguments, Output& output)
{
    const auto store = openStore(arguments.text("runs"));
    const RunRecord run = store->find(arguments.operands().front());
    Json json = toJson(run);
    json["folder"] = store->runFolder(run.id).string();
    json["recipe"] = store->recipe(run.id).toJson();
    json["environment"] = store->environment(run.id);
    if (const auto comparison = compareWithCard(*store, run))
        json["reproduction"] = toJson(*comparison);
    output.json(json);
    output.text(run.id + "  " + run.name + ": " + toString(run.state) + (run.message.empty() ? "" : " (" + run.message + ")"));
    output.text("recipe " + run.recipeName + ", seed " + std::to_string(run.seed) + ", " + std::to_string(run.epochs) + " epochs"
                + (run.precision.empty() ? "" : ", " + run.precision));
    output.text("weights " + (run.weights.empty() ? "none, from scratch"
                                                  : run.weights + ", trained on: " + run.trainedOn + ", SHA-256 " + run.weightsSha256));
    output.text("dataset " + run.datasetPath.string());
    output.text("folder " + store->runFolder(run.id).string());
    for (const FoldRecord& fold : run.results)
        output.text(resultText(fold));
    if (run.results.size() > 1)
        output.text(summaryText(run.results));
    if (!output.isJson())
        printReproduction(*store, run, output);
    return Done;
}

} // namespace

Command runsShowCommand()
{
    return {.name = "runs show", .operands = "RUN", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "everything about one run: state, results, recipe, environment",
            .details = "RUN is the run's id, an unambiguous beginning of it, or its name.",
            .options = {runsOption}, .run = runShow};
}

} // namespace melscope::cli
