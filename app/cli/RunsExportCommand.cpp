// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "base/Files.h"
#include "cli/Commands.h"
#include "cli/SpectrogramPicture.h"
#include "cli/TrainingSession.h"
#include "runs/RunCard.h"
#include "runs/RunExport.h"
#include "runs/TensorBoardExport.h"
#include "spectral/SpectrogramExtractor.h"

namespace melscope::cli {
namespace {

std::filesystem::path predictionsBeside(const std::filesystem::path& epochs)
{
    return epochs.parent_path() / (epochs.stem().string() + "-predictions.csv");
}

/// The whole clip as its run's network would see it, but for the length.
EncodedPicture pictureOf(const SpectrogramExtractor& extractor, const std::filesystem::path& clip)
{
    bool partial = false;
    const SpectrogramGrid grid = extractor.compute(extractor.prepare(readAudioFile(clip, &partial), false));
    return {.width = static_cast<int>(grid.frames), .height = grid.mels, .png = spectrogramPng(grid, "magma")};
}

void writeJson(const std::filesystem::path& file, const Json& json)
{
    writeFileAtomically(file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

int runExport(const Arguments& arguments, Output& output)
{
    const std::string format = arguments.text("format").value_or("");
    if (format != "csv" && format != "json" && format != "tensorboard" && format != "card" && format != "verdicts")
        throw UsageError("--format must be csv, json, tensorboard, card or verdicts.");
    if (!arguments.has("out"))
        throw UsageError("--out PATH says where to write.");
    const std::filesystem::path out = *arguments.text("out");
    const auto store = openStore(arguments.text("runs"));
    const RunRecord run = store->find(arguments.operands().front());
    std::vector<std::filesystem::path> written{out};
    if (format == "json") {
        writeJson(out, exportJson(*store, run));
    } else if (format == "card") {
        writeJson(out, RunCard::of(*store, run).toJson());
    } else if (format == "verdicts") {
        writeFileAtomically(out, verdictsCsv(store->verdicts(run.datasetFingerprint)));
    } else if (format == "tensorboard") {
        const SpectrogramExtractor extractor(store->recipe(run.id).frontEnd());
        constexpr int samples = 8;
        written = exportTensorBoard(*store, run, out, samples, [&](const auto& clip) { return pictureOf(extractor, clip); });
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
                       "json writes one file with the run, its recipe, environment, epochs and predictions. tensorboard writes event files "
                       "into the folder PATH, one folder a fold, with curves and the sound and spectrogram of the highest losses. card writes "
                       "the run's recipe card: what is needed to train it again and to compare. verdicts writes what listeners said of "
                       "mistakes on the run's dataset.",
            .options = {{"format", "csv|json|tensorboard|card|verdicts", "what to write"},
                        {"out", "PATH", "the file, or for tensorboard the folder, to write"}, runsOption},
            .examples = {"melscope runs export 3f9a --format csv --out run.csv"}, .run = runExport};
}

} // namespace melscope::cli
