// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/Tokenizer.h"

#include "base/Error.h"

namespace melscope {
namespace {

/// Spreads codes of the tokens `heard` over all of a clip's.
ClipTokens spread(const CodeAssigner& assigner, std::span<const float> points, const std::vector<int>& heard, size_t size)
{
    std::vector<int32_t> codes(heard.size());
    std::vector<float> distances(heard.size());
    assigner.assign(points, codes, distances);
    ClipTokens clip{.tokens = std::vector<int32_t>(size, silentToken), .distances = std::vector<float>(size)};
    for (size_t i = 0; i < heard.size(); ++i) {
        clip.tokens[static_cast<size_t>(heard[i])] = codes[i];
        clip.distances[static_cast<size_t>(heard[i])] = distances[i];
    }
    return clip;
}

std::vector<int> heardTokens(const std::vector<bool>& silent)
{
    std::vector<int> heard;
    for (size_t token = 0; token < silent.size(); ++token)
        if (!silent[token])
            heard.push_back(static_cast<int>(token));
    return heard;
}

} // namespace

std::vector<float> patchesOf(const GridView& grid, const TokenLayout& layout, const BandStatistics& bands, std::span<const int> tokens)
{
    const auto size = static_cast<size_t>(layout.patch.size());
    std::vector<float> patches(tokens.size() * size);
    for (size_t i = 0; i < tokens.size(); ++i)
        copyPatch(grid, layout, bands, tokens[i], std::span(patches).subspan(i * size, size));
    return patches;
}

ClipTokenizer::ClipTokenizer(const Tokenizer& tokenizer) : m_tokenizer(tokenizer), m_assigner(tokenizer.codebook) {}

ClipTokens ClipTokenizer::tokens(const GridView& grid) const
{
    if (!m_tokenizer.worksOnPatches())
        throw Error(ErrorKind::Unsupported, "The codebook \"" + m_tokenizer.name + "\" was refined on a model's features: it makes tokens of the "
                                                "clips of its run only. Use the codebook of the first round, or one that was fitted on patches.");
    if (grid.mels != static_cast<int>(m_tokenizer.bands.mean.size()))
        throw Error(ErrorKind::InvalidValue, "The codebook \"" + m_tokenizer.name + "\" was fitted on " + std::to_string(m_tokenizer.bands.mean.size())
                                                 + " mel rows; this spectrogram has " + std::to_string(grid.mels) + ".");
    const TokenLayout layout = TokenLayout::of(m_tokenizer.patch, grid.mels, grid.frames);
    const std::vector<int> heard = heardTokens(silentTokens(grid, layout));
    return spread(m_assigner, patchesOf(grid, layout, m_tokenizer.bands, heard), heard, static_cast<size_t>(layout.size()));
}

ClipTokens ClipTokenizer::tokensOfFeatures(std::span<const float> features, const std::vector<bool>& silent) const
{
    const std::vector<int> heard = heardTokens(silent);
    const auto dim = static_cast<size_t>(m_tokenizer.codebook.dim);
    std::vector<float> points;
    for (const int token : heard) {
        const auto feature = features.subspan(static_cast<size_t>(token) * dim, dim);
        points.insert(points.end(), feature.begin(), feature.end());
    }
    return spread(m_assigner, points, heard, silent.size());
}

} // namespace melscope
