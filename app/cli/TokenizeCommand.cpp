// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "base/Error.h"
#include "base/Files.h"
#include "base/NpyFile.h"
#include "cli/Commands.h"
#include "spectral/SpectrogramExtractor.h"
#include "tokens/TokenSpans.h"
#include "tokens/TokenSet.h"
#include "training/Engine.h"

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

struct Found
{
    FrontEnd frontEnd;
    TokenLayout layout;
    std::vector<ClipTokens> clips;
};

Found byCodebook(const std::string& file, const std::vector<std::string>& clips, Output& output)
{
    const ClipTokenizer tokenizer(readTokenSet(file).tokenizer);
    const SpectrogramExtractor extractor(tokenizer.tokenizer().frontEnd);
    Found found{.frontEnd = tokenizer.tokenizer().frontEnd, .layout = tokenizer.tokenizer().layout()};
    for (const std::string& clip : clips) {
        const SpectrogramGrid grid = gridOf(clip, extractor, output);
        found.clips.push_back(tokenizer.tokens({grid.values, grid.mels, grid.frames}));
    }
    return found;
}

Found byBeats(const std::string& file, const std::vector<std::string>& clips, Output& output)
{
    const SpectrogramExtractor extractor(FrontEnd::preset("beats"));
    const FrontEnd& frontEnd = extractor.frontEnd();
    std::vector<SharedValues> grids;
    for (const std::string& clip : clips)
        grids.push_back(shareValues(gridOf(clip, extractor, output).values));
    BeatsTokens tokens = loadEngine()->beatsTokens(file, grids, frontEnd, 0, [&](int done, int total) {
        output.progress("Making tokens", done, total);
        return true;
    });
    return {.frontEnd = frontEnd, .layout = TokenLayout::of(tokens.patch, frontEnd.mels, frontEnd.frames()), .clips = std::move(tokens.clips)};
}

void writeLabels(const std::filesystem::path& folder, const std::vector<std::string>& clips, const Found& found, Output& output)
{
    for (size_t i = 0; i < clips.size(); ++i) {
        const std::filesystem::path file = folder / labelFileName(std::filesystem::path(clips[i]).filename().string());
        writeFileAtomically(file, audacityLabels(tokenSpans(found.clips[i].tokens, found.layout, found.frontEnd)));
        output.text("Written: " + file.string());
    }
}

int runTokenize(const Arguments& arguments, Output& output)
{
    const auto codebook = arguments.text("codebook");
    const auto weights = arguments.text("weights");
    const auto out = arguments.text("out");
    if (codebook.has_value() == weights.has_value() || !out)
        throw UsageError("tokenize needs --codebook FILE or --weights FILE, and --out FILE.npy.");
    const std::vector<std::string>& clips = arguments.operands();
    const Found found = codebook ? byCodebook(*codebook, clips, output) : byBeats(*weights, clips, output);
    const TokenLayout& layout = found.layout;
    std::vector<int32_t> all;
    for (size_t i = 0; i < clips.size(); ++i) {
        const std::vector<int32_t>& tokens = found.clips[i].tokens;
        output.json({{"file", clips[i]}, {"rows", layout.rows}, {"columns", layout.columns}, {"tokens", tokens}});
        all.insert(all.end(), tokens.begin(), tokens.end());
    }
    writeFileAtomically(*out, encodeNpy(all, {static_cast<int64_t>(clips.size()), layout.size()}));
    output.text(*out + ": " + std::to_string(clips.size()) + " x " + std::to_string(layout.size()) + " tokens (" + std::to_string(layout.rows)
                + " rows x " + std::to_string(layout.columns) + " columns a clip).");
    if (const auto labels = arguments.text("labels"))
        writeLabels(*labels, clips, found, output);
    return Done;
}

} // namespace

Command tokenizeCommand()
{
    return {.name = "tokenize", .operands = "CLIP...", .minimumOperands = 1, .maximumOperands = -1, .summary = "write the tokens of clips",
            .details = "Every clip is brought to the codebook's front end and length. The array is int32 [clip, token], token column * rows + row, "
                       "row 0 the lowest bands; -1 is digital silence. By a BEATs tokenizer (Tokenizer_iter3.pt and the like) every patch of 16 x 16 "
                       "has a token.",
            .options = {{"codebook", "FILE", "what `melscope tokens fit` wrote"},
                        {"weights", "FILE", "or a BEATs tokenizer checkpoint"},
                        {"out", "FILE", "where to write: .npy"},
                        {"labels", "DIR", "also write an Audacity label track a clip: every token's stretch and band"}},
            .examples = {"melscope tokenize dog.wav rain.wav --codebook codes.safetensors --out tokens.npy"}, .run = runTokenize};
}

} // namespace melscope::cli
