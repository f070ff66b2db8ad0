// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Files.h"
#include "base/NpyFile.h"
#include "cli/Commands.h"
#include "training/Engine.h"

#include <cstdio>

namespace melscope::cli {
namespace {

FrontEnd frontEndOf(const Arguments& arguments)
{
    try {
        return withSettings(FrontEnd::preset("beats"), arguments.settings());
    } catch (const Error& error) {
        throw UsageError(error.what());
    }
}

std::string text(double number, const char* format)
{
    char words[32];
    return {words, static_cast<size_t>(std::snprintf(words, sizeof words, format, number))};
}

int runEmbed(const Arguments& arguments, Output& output)
{
    if (!arguments.has("weights"))
        throw UsageError("--weights FILE names the BEATs checkpoint that computes the features.");
    const std::filesystem::path out = arguments.text("out").value_or("");
    if (out.extension() != ".npy")
        throw UsageError("--out FILE.npy says where to write.");
    const std::string precision = arguments.text("precision").value_or("auto");
    if (precision != "auto" && precision != "fp32" && precision != "bf16")
        throw UsageError("--precision must be auto, fp32 or bf16.");
    EmbeddingJob job{.weights = *arguments.text("weights"), .frontEnd = frontEndOf(arguments), .precision = precision,
                     .batch = static_cast<int>(arguments.integer("batch", 1, 1024).value_or(EmbeddingJob().batch))};
    job.clips.assign(arguments.operands().begin(), arguments.operands().end());
    const Embeddings features = loadEngine()->embed(job, [&](int done, int total) {
        output.progress("Clips", done, total);
        return true;
    });
    writeFileAtomically(out, encodeNpy(features.values, {features.clips, features.tokens, features.dim}));
    for (const std::string& warning : features.warnings)
        output.message("warning: " + warning);
    const double perClip = features.encoderSeconds / static_cast<double>(features.clips);
    output.json({{"event", "written"}, {"file", out.string()}, {"clips", features.clips}, {"tokens", features.tokens}, {"dim", features.dim},
                 {"weights", {{"name", features.weights}, {"sha256", features.weightsSha256}, {"trained_on", features.trainedOn}}},
                 {"precision", features.precision}, {"batch", job.batch}, {"encoder_seconds_per_clip", perClip}, {"front_end", job.frontEnd.toJson()}});
    output.text(out.string() + ": " + std::to_string(features.clips) + " clips x " + std::to_string(features.tokens) + " tokens x "
                + std::to_string(features.dim) + " features by " + features.weights + " (trained on: " + features.trainedOn + "), "
                + features.precision + ", " + text(perClip, "%.3g") + " s a clip.");
    return Done;
}

} // namespace

Command embedCommand()
{
    return {.name = "embed", .operands = "CLIP...", .minimumOperands = 1, .maximumOperands = -1,
            .summary = "write what a BEATs encoder makes of clips",
            .details = "Writes the features of the encoder's last layer as [clip, token, dim] float32. A token is 16 frames (0.16 s) of 16 mel "
                       "rows; token t * 8 + f is band f, lowest first, of time t. Every clip is cut to clip_seconds or followed by silence, as "
                       "in training (5 s; --set clip_seconds=10 takes more). Takes any BEATs checkpoint, fine-tuned ones and tokenizers too.",
            .options = {{"weights", "FILE", "the BEATs checkpoint, e.g. BEATs_iter3_plus_AS2M.pt"},
                        {"out", "FILE.npy", "where to write"},
                        {"set", "KEY=VALUE", "change one of the front end's numbers, e.g. clip_seconds; may be repeated"},
                        {"precision", "NAME", "auto (default), fp32 or bf16"},
                        {"batch", "N", "clips at once (default 8)"}},
            .examples = {"melscope embed dog.wav cat.wav --weights BEATs_iter3_plus_AS2M.pt --out features.npy"}, .run = runEmbed};
}

} // namespace melscope::cli
