// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"
#include "tokens/TokenSet.h"

namespace melscope {

/// How a codebook is fitted on the patches of a dataset.
struct TokenSettings
{
    FrontEnd frontEnd;
    Codebook::Kind kind = Codebook::Kind::KMeans; ///< not Refined
    int codes = 256;
    PatchShape patch;
    int iterations = 25; ///< of k-means, at most
    int codeDim = 16;    ///< of a random projection
    uint64_t seed = 0;

    /// Keys: tokenizer codes patch_mels patch_frames iterations code_dim.
    static const ParameterSchema& schema();
    /// All of the schema's keys; frontEnd and seed are left as they are by default.
    static TokenSettings fromJson(const Json& values);
};

/// Band statistics and codebook of the clips `training`; source.grid is asked. k-means looks at 400 patches a code at most, drawn
/// by the seed. On one kind of CPU the same for the same seed and any number of threads. Blocks. Throws Error: Cancelled, Empty (nothing but
/// silence), InvalidValue (fewer patches than codes, a patch that does not fit).
Tokenizer fitTokenizer(const TokenSettings& settings, const ClipSource& source, const std::vector<int>& training, int threads,
                       std::stop_token stop = {}, const TokenProgress& progress = {});

/// From a dataset to its tokens: spectrograms (through the feature cache), a codebook of the clips outside the fold `heldOut`, the
/// tokens of all clips. progress is called from one thread at a time, not always the same. Blocks: for a job's thread. Throws Error as fitTokenizer() and
/// FeatureCache::open().
std::shared_ptr<const TokenSet> fitTokens(const Dataset& dataset, const TokenSettings& settings, std::optional<int> heldOut, int threads,
                                          std::stop_token stop = {}, const TokenProgress& progress = {});

/// The same with a tokenizer that is there already.
std::shared_ptr<const TokenSet> applyTokenizer(const Tokenizer& tokenizer, const Dataset& dataset, std::optional<int> heldOut, int threads,
                                               std::stop_token stop = {}, const TokenProgress& progress = {});

} // namespace melscope
