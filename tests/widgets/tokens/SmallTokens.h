// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

namespace melscope::test {

/// Three clips of 1.024 s, 16 mel rows, patches of 8 x 16 frames: 2 x 4 tokens a clip, a vocabulary of 5, of which code 4 is never used.
/// Clips 0 and 1 (folds 1 and 2) are "rain", clip 2 (fold 3, left out) is "wind". The last column of clip 0 is silent.
inline std::shared_ptr<const TokenSet> smallTokenSet()
{
    TokenSet set;
    set.tokenizer.name = "k-means, 5 codes, patches of 8 x 16";
    set.tokenizer.frontEnd = FrontEnd::preset("esc").with(
        Json{{"sample_rate", 8000}, {"clip_seconds", 1.024}, {"n_fft", 256}, {"hop", 128}, {"mels", 16}, {"f_max", 4000.0}});
    set.tokenizer.patch = {.mels = 8, .frames = 16};
    set.tokenizer.bands = {.mean = std::vector<float>(16, -40.0f), .deviation = std::vector<float>(16, 10.0f)};
    set.tokenizer.codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, std::vector<float>(5 * 128, 0.0f), 128);
    set.layout = set.tokenizer.layout();
    set.heldOut = 3;
    set.dataset = "small";
    set.classes = {"rain", "wind"};
    set.clips = {"a.wav", "b.wav", "c.wav"};
    set.labels = {0, 0, 1};
    set.folds = {1, 2, 3};
    // [clip, column, row]: token column * 2 + row
    set.tokens = {0, 1, 0, 1, 0, 2, -1, -1, //
                  0, 0, 3, 1, 0, 2, 0, 1,   //
                  2, 2, 3, 3, 0, 0, 2, 2};
    for (size_t i = 0; i < set.tokens.size(); ++i)
        set.distances.push_back(set.tokens[i] == silentToken ? 0.0f : static_cast<float>((i * 7) % 24) * 0.25f);
    set.meanPatches.assign(5 * 128, 0.0f);
    for (size_t code = 0; code < 4; ++code)
        for (size_t value = 0; value < 128; ++value)
            set.meanPatches[code * 128 + value] = static_cast<float>(code) - 1.5f;
    return std::make_shared<const TokenSet>(std::move(set));
}

inline std::shared_ptr<const LoadedTokens> smallTokens()
{
    return loadTokens(smallTokenSet());
}

} // namespace melscope::test
