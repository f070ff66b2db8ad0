// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunFiles.h"

#include "audio/AudioFile.h"
#include "base/Files.h"
#include "runs/RunCard.h"
#include "runs/RunExport.h"
#include "runs/TensorBoardExport.h"
#include "spectral/SpectrogramExtractor.h"

#include <utility>

namespace melscope {
namespace {

namespace fs = std::filesystem;

constexpr int tensorBoardSamples = 8; // clips a fold

fs::path predictionsBeside(const fs::path& epochs)
{
    return epochs.parent_path() / (epochs.stem().string() + "-predictions.csv");
}

void writeJson(const fs::path& file, const Json& json)
{
    writeFileAtomically(file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace

std::optional<RunFormat> runFormat(const std::string& word)
{
    static const std::pair<const char*, RunFormat> known[]{{"csv", RunFormat::Csv}, {"json", RunFormat::Json}, {"tensorboard", RunFormat::TensorBoard},
                                                           {"card", RunFormat::Card}, {"labels", RunFormat::Labels}, {"verdicts", RunFormat::Verdicts}};
    for (const auto& [name, format] : known)
        if (name == word)
            return format;
    return {};
}

std::vector<fs::path> writeRun(const RunStore& store, const RunRecord& run, RunFormat format, const fs::path& path,
                               const std::function<std::string(const SpectrogramGrid&)>& png, std::vector<std::string>& warnings)
{
    switch (format) {
    case RunFormat::Json: writeJson(path, exportJson(store, run)); break;
    case RunFormat::Card: writeJson(path, RunCard::of(store, run).toJson()); break;
    case RunFormat::Verdicts: writeFileAtomically(path, verdictsCsv(store.verdicts(run.datasetFingerprint))); break;
    case RunFormat::Labels: return exportLabels(store, run, path, warnings);
    case RunFormat::TensorBoard: {
        const SpectrogramExtractor extractor(store.recipe(run.id).frontEnd());
        return exportTensorBoard(store, run, path, tensorBoardSamples, [&](const fs::path& clip) {
            // The whole clip as its run's network would see it, but for the length.
            bool partial = false;
            const SpectrogramGrid grid = extractor.compute(extractor.prepare(readAudioFile(clip, &partial), false));
            return EncodedPicture{.width = static_cast<int>(grid.frames), .height = grid.mels, .png = png(grid)};
        }, warnings);
    }
    case RunFormat::Csv:
        writeFileAtomically(path, metricsCsv(store.metrics(run.id)));
        writeFileAtomically(predictionsBeside(path), predictionsCsv(store.predictions(run.id), run.classes));
        return {path, predictionsBeside(path)};
    }
    return {path};
}

} // namespace melscope
