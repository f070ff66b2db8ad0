// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/SpectrogramPicture.h"
#include "cli/TrainingSession.h"
#include "runs/RunFiles.h"

namespace melscope::cli {
namespace {

int runExport(const Arguments& arguments, Output& output)
{
    const auto format = runFormat(arguments.text("format").value_or(""));
    if (!format)
        throw UsageError("--format must be csv, json, tensorboard, card, labels or verdicts.");
    if (!arguments.has("out"))
        throw UsageError("--out PATH says where to write.");
    const auto store = openStore(arguments.text("runs"));
    const RunRecord run = store->find(arguments.operands().front());
    std::vector<std::string> warnings;
    const auto written = writeRun(*store, run, *format, *arguments.text("out"), [](const SpectrogramGrid& grid) { return spectrogramPng(grid, "magma"); },
                                  warnings);
    for (const std::string& sentence : warnings)
        output.message("warning: " + sentence);
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
                       "json writes one file with the run, its recipe, environment, epochs and predictions. tensorboard writes event files "
                       "into the folder PATH, one folder a fold, with curves and the sound and spectrogram of the highest losses. card writes "
                       "the run's recipe card: what is needed to train it again and to compare. labels writes an Audacity label track a "
                       "held-out clip into the folder PATH, with what it was taken for. verdicts writes what listeners said of "
                       "mistakes on the run's dataset.",
            .options = {{"format", "csv|json|tensorboard|card|labels|verdicts", "what to write"},
                        {"out", "PATH", "the file, or for tensorboard and labels the folder, to write"}, runsOption},
            .examples = {"melscope runs export 3f9a --format csv --out run.csv"}, .run = runExport};
}

} // namespace melscope::cli
