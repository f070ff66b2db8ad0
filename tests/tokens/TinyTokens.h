// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/TinyFrontEnd.h"
#include "tokens/TokenSet.h"

namespace melscope::test {

/// Clips of 2 rows x `columns` tokens with the tokens given, clip c of class c % 2 in fold 1 + c % 2.
inline TokenSet tinyTokens(int codes, const std::vector<std::vector<int32_t>>& clips)
{
    const int columns = static_cast<int>(clips.front().size()) / 2;
    Dataset dataset{.name = "tiny", .classes = {"rain", "wind"}, .folds = {1, 2}};
    for (size_t clip = 0; clip < clips.size(); ++clip)
        dataset.clips.push_back({.name = std::to_string(clip) + ".wav", .label = static_cast<int>(clip % 2), .fold = 1 + static_cast<int>(clip % 2)});
    const Tokenizer tokenizer{.name = "tiny", .frontEnd = tinyFrontEnd(8, 4 * columns), .patch = {.mels = 4, .frames = 4},
                              .bands = {.mean = std::vector<float>(8), .deviation = std::vector<float>(8, 1.0f)},
                              .codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, std::vector<float>(static_cast<size_t>(codes) * 16), 16)};
    TokenSet set = silentTokenSet(tokenizer, dataset, std::nullopt);
    for (size_t clip = 0; clip < clips.size(); ++clip)
        setTokens(set, static_cast<int>(clip), {.tokens = clips[clip], .distances = std::vector<float>(clips[clip].size())});
    return set;
}

} // namespace melscope::test
