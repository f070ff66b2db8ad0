// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ClipSource.h"
#include "dataset/Dataset.h"
#include "tokens/Tokenizer.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace melscope {

/// A tokenizer and what it makes of every clip of a dataset: all that a page about tokens shows, statistics apart. A value that
/// does not change, shared as std::shared_ptr<const TokenSet>.
struct TokenSet
{
    Tokenizer tokenizer;
    TokenLayout layout;
    std::optional<int> heldOut; ///< the fold that codebook and band statistics never saw

    std::string dataset;              ///< its name
    std::vector<std::string> classes;
    std::vector<std::string> clips;   ///< Clip::name, in the dataset's order
    std::vector<int> labels;          ///< [clip]
    std::vector<int> folds;           ///< [clip]

    std::vector<int32_t> tokens;    ///< [clip, token]: a code, or silentToken; a clip that cannot be read is all silent
    std::vector<float> distances;   ///< [clip, token], as in ClipTokens
    std::vector<float> meanPatches; ///< [code, mel, frame]: mean of the standardised patches of a code; 0 for one never used

    int clipCount() const { return static_cast<int>(clips.size()); }
    int codes() const { return tokenizer.codebook.codes; }
    std::span<const int32_t> tokensOf(int clip) const { return std::span(tokens).subspan(begin(clip), static_cast<size_t>(layout.size())); }
    std::span<const float> distancesOf(int clip) const { return std::span(distances).subspan(begin(clip), static_cast<size_t>(layout.size())); }
    /// Standard deviations from the bands' means, [mel, frame]; restorePatch() gives dB for a row.
    std::span<const float> meanPatch(int code) const;
    /// Those that codebook and statistics may look at: outside the held-out fold; all without one.
    std::vector<int> trainingClips() const;
    bool operator==(const TokenSet&) const = default;

private:
    size_t begin(int clip) const { return static_cast<size_t>(clip) * static_cast<size_t>(layout.size()); }
};

/// Told on the calling thread: what is being done, and how far it is.
using TokenProgress = std::function<void(const std::string& what, int done, int total)>;

/// Tokens of all clips by a tokenizer that works on patches. source.grid and source.usable are asked. The same for any number of
/// threads. Blocks. Throws Error(Cancelled), what the source throws.
TokenSet tokenizeDataset(const Tokenizer& tokenizer, const Dataset& dataset, const ClipSource& source, std::optional<int> heldOut, int threads,
                         std::stop_token stop = {}, const TokenProgress& progress = {});

/// A set with everything of the dataset in it and all tokens silent, for whoever knows the tokens from elsewhere: set them, then call
/// measureMeanPatches().
TokenSet silentTokenSet(const Tokenizer& tokenizer, const Dataset& dataset, std::optional<int> heldOut);
void setTokens(TokenSet& set, int clip, const ClipTokens& tokens);
void measureMeanPatches(TokenSet& set, const ClipSource& source);

/// One safetensors file with the tokenizer and the tokens. Throws Error.
void writeTokenSet(const std::filesystem::path& path, const TokenSet& set);
/// Checks everything before it is used. Throws Error: Missing, Unreadable, Truncated, Format.
TokenSet readTokenSet(const std::filesystem::path& path);

} // namespace melscope
