// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "cli/Commands.h"
#include "cli/TrainingSession.h"
#include "runs/AccuracyTable.h"

namespace melscope::cli {
namespace {

std::vector<RunRecord> chosenRuns(const RunStore& store, const std::vector<std::string>& names)
{
    if (names.empty())
        return store.list();
    std::vector<RunRecord> runs;
    for (const std::string& name : names)
        runs.push_back(store.find(name));
    return runs;
}

Json toJson(const AccuracyRow& row)
{
    const bool hasTta = row.ttaViews > 0;
    return {{"method", row.method}, {"title", row.title}, {"recipe", row.recipe}, {"dataset", row.dataset}, {"runs", row.runs},
            {"weights", row.weights.empty() ? Json(nullptr) : Json(row.weights)}, {"weights_sha256", row.weightsSha256}, {"trained_on", row.trainedOn},
            {"seeds", row.seeds}, {"folds", row.folds}, {"n", row.count}, {"accuracy", row.count > 0 ? Json(row.accuracy) : Json(nullptr)},
            {"interval", {row.interval.low, row.interval.high}}, {"mean", row.overFolds.mean}, {"sd", row.overFolds.deviation},
            {"tta_views", row.ttaViews}, {"tta_accuracy", hasTta ? Json(row.ttaAccuracy) : Json(nullptr)},
            {"parameters", row.parameters}, {"seconds_per_fold", row.secondsPerFold}, {"selection", row.selection},
            {"published_accuracy", row.publishedAccuracy}, {"available", row.available}};
}

int runReport(const Arguments& arguments, Output& output)
{
    const std::string format = arguments.text("format").value_or("markdown");
    if (format == "latex" || format == "html")
        throw UsageError("A report as " + format + " is not part of this version yet; markdown and csv are.");
    if (format != "markdown" && format != "csv")
        throw UsageError("--format must be markdown or csv.");
    const auto store = openStore(arguments.text("runs"));
    const std::vector<AccuracyRow> rows = accuracyTable(chosenRuns(*store, arguments.operands()));
    for (const AccuracyRow& row : rows)
        output.json(toJson(row));
    const std::string table = format == "csv" ? toCsv(rows) : accuracyHeading(rows) + "\n\n" + toMarkdown(rows);
    if (const auto out = arguments.text("out")) {
        writeFileAtomically(*out, table);
        output.message("Written: " + *out);
    } else {
        output.text(table.substr(0, table.find_last_not_of('\n') + 1));
    }
    return Done;
}

} // namespace

Command reportCommand()
{
    return {.name = "report", .operands = "[RUN...]", .maximumOperands = -1,
            .summary = "the accuracy table, of all runs or of those named",
            .details = "One row a method and recipe: accuracy with its 95 % Wilson interval, number of clips, mean and standard deviation "
                       "over folds, test-time augmentation, parameters, time, and the published figure beside it.",
            .options = {{"format", "markdown|csv", "default markdown (latex and html come with a later version)"},
                        {"out", "FILE", "the file to write (default: standard output)"}, runsOption},
            .examples = {"melscope report --format markdown --out table.md"}, .run = runReport};
}

} // namespace melscope::cli
