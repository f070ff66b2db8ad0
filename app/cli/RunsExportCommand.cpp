// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "cli/Commands.h"
#include "cli/TrainingSession.h"
#include "runs/RunExport.h"

namespace melscope::cli {
namespace {

std::filesystem::path predictionsBeside(const std::filesystem::path& epochs)
{
    return epochs.parent_path() / (epochs.stem().string() + "-predictions.csv");
}

int runExport(const Arguments& arguments, Output& output)
{
    const std::string format = arguments.text("format").value_or("");
    if (format == "tensorboard")
        throw UsageError("Export as TensorBoard event files is not part of this version yet; csv and json are.");
    if (format != "csv" && format != "json")
        throw UsageError("--format must be csv or json.");
    if (!arguments.has("out"))
        throw UsageError("--out PATH says where to write.");
    const std::filesystem::path out = *arguments.text("out");
    const auto store = openStore(arguments.text("runs"));
    const RunRecord run = store->find(arguments.operands().front());
    std::vector<std::filesystem::path> written{out};
    if (format == "json") {
        writeFileAtomically(out, exportJson(*store, run).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    } else {
        written.push_back(predictionsBeside(out));
        writeFileAtomically(out, metricsCsv(store->metrics(run.id)));
        writeFileAtomically(written.back(), predictionsCsv(store->predictions(run.id), run.classes));
    }
    for (const auto& path : written) {
        output.json({{"event", "written"}, {"file", path.string()}});
        output.message("Written: " + path.string());
    }
    return Done;
}

} // namespace

Command runsExportCommand()
{
    return {.name = "runs export", .operands = "RUN", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "write a run's curves and predictions to files",
            .details = "csv writes one row an epoch to PATH and, beside it, one row a held-out clip to <PATH without .csv>-predictions.csv. "
                       "json writes one file with the run, its recipe, environment, epochs and predictions.",
            .options = {{"format", "csv|json", "what to write (tensorboard comes with a later version)"},
                        {"out", "PATH", "the file to write"}, runsOption},
            .examples = {"melscope runs export 3f9a --format csv --out run.csv"}, .run = runExport};
}

} // namespace melscope::cli
