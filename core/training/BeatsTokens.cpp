// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/BeatsTokens.h"

#include "dataset/FeatureCache.h"

namespace melscope {

std::shared_ptr<const TokenSet> tokenizeWithBeats(Engine& engine, const std::filesystem::path& weights, const Dataset& dataset, int threads,
                                                  std::stop_token stop, const TokenProgress& progress)
{
    const auto report = [&](const char* what, int done, int total) {
        if (progress)
            progress(what, done, total);
    };
    const FrontEnd frontEnd = FrontEnd::preset("beats");
    const auto cache = FeatureCache::open(dataset, frontEnd, threads, stop, [&](int done, int total) { report("Preparing spectrograms", done, total); });
    std::vector<int> readable;
    std::vector<SharedValues> grids;
    for (int clip = 0; clip < cache->clips(); ++clip) {
        if (!cache->usable(clip))
            continue;
        readable.push_back(clip);
        grids.push_back({.values = cache->values(clip), .owner = cache});
    }
    const BeatsTokens found = engine.beatsTokens(weights, grids, frontEnd, threads, [&](int done, int total) {
        report("Making tokens", done, total);
        return !stop.stop_requested();
    });

    Tokenizer tokenizer{.name = weights.filename().string(), .frontEnd = frontEnd, .patch = found.patch, .codebook = found.codebook};
    const TokenLayout layout = tokenizer.layout();
    BandMeter bands(frontEnd.mels);
    std::vector<std::vector<bool>> silent;
    for (const SharedValues& values : grids) {
        const GridView grid{values.values, frontEnd.mels, frontEnd.frames()};
        silent.push_back(silentTokens(grid, layout));
        bands.add(grid, layout, silent.back());
    }
    tokenizer.bands = bands.statistics();
    TokenSet set = silentTokenSet(tokenizer, dataset, std::nullopt);
    for (size_t i = 0; i < readable.size(); ++i) {
        ClipTokens tokens = found.clips[i];
        for (size_t token = 0; token < tokens.tokens.size(); ++token) {
            if (!silent[i][token])
                continue;
            tokens.tokens[token] = silentToken;
            tokens.distances[token] = 0.0f;
        }
        setTokens(set, readable[i], tokens);
    }
    measureMeanPatches(set, {.grid = [&](int clip) { return SharedValues{.values = cache->values(clip), .owner = cache}; }});
    return std::make_shared<const TokenSet>(std::move(set));
}

} // namespace melscope
