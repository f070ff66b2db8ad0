// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "base/Error.h"
#include "base/Files.h"
#include "base/NpyFile.h"
#include "cli/Commands.h"
#include "spectral/SpectrogramExtractor.h"
#include "tokens/TokenSet.h"

namespace melscope::cli {
namespace {

SpectrogramGrid gridOf(const std::string& clip, const SpectrogramExtractor& extractor, Output& output)
{
    bool partial = false;
    const Waveform waveform = readAudioFile(clip, &partial);
    if (partial)
        output.message(clip + " holds less than its header promises; what is there is used.");
    return extractor.compute(extractor.prepare(waveform, true));
}

int runTokenize(const Arguments& arguments, Output& output)
{
    const auto codebook = arguments.text("codebook");
    const auto out = arguments.text("out");
    if (!codebook || !out)
        throw UsageError("tokenize needs --codebook FILE and --out FILE.npy.");
    const ClipTokenizer tokenizer(readTokenSet(*codebook).tokenizer);
    const SpectrogramExtractor extractor(tokenizer.tokenizer().frontEnd);
    const TokenLayout layout = tokenizer.tokenizer().layout();
    std::vector<int32_t> all;
    for (const std::string& clip : arguments.operands()) {
        const SpectrogramGrid grid = gridOf(clip, extractor, output);
        const ClipTokens tokens = tokenizer.tokens({grid.values, grid.mels, grid.frames});
        output.json({{"file", clip}, {"rows", layout.rows}, {"columns", layout.columns}, {"tokens", tokens.tokens}});
        all.insert(all.end(), tokens.tokens.begin(), tokens.tokens.end());
    }
    const auto clips = static_cast<int64_t>(arguments.operands().size());
    writeFileAtomically(*out, encodeNpy(all, {clips, layout.size()}));
    output.text(*out + ": " + std::to_string(clips) + " x " + std::to_string(layout.size()) + " tokens (" + std::to_string(layout.rows)
                + " rows x " + std::to_string(layout.columns) + " columns a clip).");
    return Done;
}

} // namespace

Command tokenizeCommand()
{
    return {.name = "tokenize", .operands = "CLIP...", .minimumOperands = 1, .maximumOperands = -1, .summary = "write the tokens of clips",
            .details = "Every clip is brought to the codebook's front end and length. The array is int32 [clip, token], token column * rows + row, "
                       "row 0 the lowest bands; -1 is digital silence.",
            .options = {{"codebook", "FILE", "what `melscope tokens fit` wrote"}, {"out", "FILE", "where to write: .npy"}},
            .examples = {"melscope tokenize dog.wav rain.wav --codebook codes.safetensors --out tokens.npy"}, .run = runTokenize};
}

} // namespace melscope::cli
