// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenSet.h"

#include "base/Error.h"
#include "dataset/ParallelClips.h"

#include <algorithm>

namespace melscope {
namespace {

GridView gridOf(const SharedValues& values, const FrontEnd& frontEnd)
{
    return {.values = values.values, .mels = frontEnd.mels, .frames = frontEnd.frames()};
}

bool isUsable(const ClipSource& source, int clip)
{
    return !source.usable || source.usable(clip);
}

} // namespace

std::span<const float> TokenSet::meanPatch(int code) const
{
    const auto size = static_cast<size_t>(layout.patch.size());
    return std::span(meanPatches).subspan(static_cast<size_t>(code) * size, size);
}

std::vector<int> TokenSet::trainingClips() const
{
    std::vector<int> training;
    for (int clip = 0; clip < clipCount(); ++clip)
        if (!heldOut || folds[static_cast<size_t>(clip)] != *heldOut)
            training.push_back(clip);
    return training;
}

TokenSet silentTokenSet(const Tokenizer& tokenizer, const Dataset& dataset, std::optional<int> heldOut)
{
    TokenSet set{.tokenizer = tokenizer, .layout = tokenizer.layout(), .heldOut = heldOut, .dataset = dataset.name, .classes = dataset.classes};
    for (const Clip& clip : dataset.clips) {
        set.clips.push_back(clip.name);
        set.labels.push_back(clip.label);
        set.folds.push_back(clip.fold);
    }
    set.tokens.assign(dataset.clips.size() * static_cast<size_t>(set.layout.size()), silentToken);
    set.distances.assign(set.tokens.size(), 0.0f);
    set.meanPatches.assign(static_cast<size_t>(set.codes() * set.layout.patch.size()), 0.0f);
    return set;
}

void setTokens(TokenSet& set, int clip, const ClipTokens& tokens)
{
    const ptrdiff_t begin = static_cast<ptrdiff_t>(clip) * set.layout.size();
    std::ranges::copy(tokens.tokens, set.tokens.begin() + begin);
    std::ranges::copy(tokens.distances, set.distances.begin() + begin);
}

void measureMeanPatches(TokenSet& set, const ClipSource& source)
{
    const auto size = static_cast<size_t>(set.layout.patch.size());
    std::vector<double> sums(set.meanPatches.size());
    std::vector<int64_t> counts(static_cast<size_t>(set.codes()));
    std::vector<float> patch(size);
    for (int clip = 0; clip < set.clipCount(); ++clip) {
        const auto tokens = set.tokensOf(clip);
        if (std::ranges::all_of(tokens, [](int32_t token) { return token == silentToken; }))
            continue;
        const SharedValues values = source.grid(clip);
        for (int token = 0; token < set.layout.size(); ++token) {
            const int32_t code = tokens[static_cast<size_t>(token)];
            if (code == silentToken)
                continue;
            copyPatch(gridOf(values, set.tokenizer.frontEnd), set.layout, set.tokenizer.bands, token, patch);
            for (size_t i = 0; i < size; ++i)
                sums[static_cast<size_t>(code) * size + i] += patch[i];
            ++counts[static_cast<size_t>(code)];
        }
    }
    for (size_t i = 0; i < sums.size(); ++i)
        set.meanPatches[i] = static_cast<float>(sums[i] / static_cast<double>(std::max<int64_t>(counts[i / size], 1)));
}

TokenSet tokenizeDataset(const Tokenizer& tokenizer, const Dataset& dataset, const ClipSource& source, std::optional<int> heldOut, int threads,
                         std::stop_token stop, const TokenProgress& progress)
{
    TokenSet set = silentTokenSet(tokenizer, dataset, heldOut);
    const ClipTokenizer worker(tokenizer);
    if (progress)
        progress("Making tokens", 0, set.clipCount());
    forEachClipInParallel(set.clipCount(), threads, stop, {}, [&](int clip) {
        if (!isUsable(source, clip))
            return;
        const SharedValues values = source.grid(clip);
        setTokens(set, clip, worker.tokens(gridOf(values, tokenizer.frontEnd)));
    });
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "Making tokens was cancelled.");
    measureMeanPatches(set, source);
    if (progress)
        progress("Making tokens", set.clipCount(), set.clipCount());
    return set;
}

} // namespace melscope
