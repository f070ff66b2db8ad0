// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "cli/Commands.h"
#include "cli/TrainingSession.h"
#include "runs/AccuracyFigures.h"
#include "runs/AccuracyLatex.h"
#include "runs/HtmlReport.h"
#include "runs/RunOutcomes.h"

#include <algorithm>

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
            {"macro_f1", row.figures ? Json(row.figures->macroF1) : Json(nullptr)},
            {"bootstrap", row.figures ? Json{row.figures->bootstrap.low, row.figures->bootstrap.high} : Json(nullptr)},
            {"tta_gain", row.figures && row.figures->ttaGain ? Json(*row.figures->ttaGain) : Json(nullptr)}, {"is_baseline", row.isBaseline},
            {"difference", row.difference ? Json(row.difference->difference) : Json(nullptr)},
            {"mcnemar_p", row.difference ? Json(row.difference->p) : Json(nullptr)},
            {"parameters", row.parameters}, {"seconds_per_fold", row.secondsPerFold}, {"selection", row.selection},
            {"published_accuracy", row.publishedAccuracy}, {"available", row.available}};
}

std::string written(const std::string& format, const std::vector<AccuracyRow>& rows, const RunStore& store)
{
    if (format == "csv")
        return toCsv(rows);
    if (format == "latex")
        return toLatex(rows);
    if (format == "html")
        return toHtml(rows, reportSections(rows, store));
    return accuracyHeading(rows) + "\n\n" + toMarkdown(rows);
}

/// The row that a run counts in. Throws Error(InvalidValue) where it counts in none.
std::optional<BaselineKey> baselineOf(const std::vector<AccuracyRow>& rows, const RunStore& store, const std::optional<std::string>& name)
{
    if (!name)
        return std::nullopt;
    const RunRecord run = store.find(*name);
    for (const AccuracyRow& row : rows)
        if (std::ranges::find(row.runs, run.id) != row.runs.end())
            return baselineKey(row);
    throw Error(ErrorKind::InvalidValue, "The run " + run.name + " is in no row of this table, so nothing can be compared with it; name a run that "
                "was trained to its end, among the runs of the report where some are named.");
}

int runReport(const Arguments& arguments, Output& output)
{
    const std::string format = arguments.text("format").value_or("markdown");
    if (format != "markdown" && format != "csv" && format != "latex" && format != "html")
        throw UsageError("--format must be markdown, csv, latex or html.");
    const auto store = openStore(arguments.text("runs"));
    const std::vector<RunRecord> runs = chosenRuns(*store, arguments.operands());
    std::vector<AccuracyRow> rows = accuracyTable(runs);
    RunOutcomes outcomes(*store);
    addFigures(rows, runs, outcomes, baselineOf(rows, *store, arguments.text("baseline")));
    for (const AccuracyRow& row : rows)
        output.json(toJson(row));
    const std::string table = written(format, rows, *store);
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
            .details = "One row a method and recipe: accuracy with its 95 % Wilson interval and a bootstrap clustered by source recording, number "
                       "of clips, mean and standard deviation over folds, test-time augmentation, macro-F1, the difference to a baseline with "
                       "McNemar's exact p, parameters, time, and the published figure beside it. latex is a table for a paper (booktabs); html one "
                       "self-contained page with figures.",
            .options = {{"format", "markdown|csv|latex|html", "default markdown"},
                        {"baseline", "RUN", "the run whose row the others are compared with (default: the first row)"},
                        {"out", "FILE", "the file to write (default: standard output)"}, runsOption},
            .examples = {"melscope report --format markdown --out table.md"}, .run = runReport};
}

} // namespace melscope::cli
