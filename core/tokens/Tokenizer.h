// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"
#include "tokens/Codebook.h"
#include "tokens/Patches.h"

namespace melscope {

constexpr int32_t silentToken = -1; ///< in place of a code

/// Everything that makes tokens of a clip. A value; one with a refined codebook also needs the model whose features it clusters.
struct Tokenizer
{
    std::string name; ///< for people: "k-means, 256 codes, 16 x 16"
    FrontEnd frontEnd;
    PatchShape patch;
    BandStatistics bands; ///< of the training clips
    Codebook codebook;

    bool operator==(const Tokenizer&) const = default;

    bool worksOnPatches() const { return codebook.kind != Codebook::Kind::Refined; }
    TokenLayout layout() const { return TokenLayout::of(patch, frontEnd.mels, frontEnd.frames()); } ///< of a clip of clipLength()
};

/// The tokens of one clip, in the layout's order.
struct ClipTokens
{
    std::vector<int32_t> tokens;  ///< a code, or silentToken
    std::vector<float> distances; ///< to the code, see CodeAssigner; 0 in silence
    bool operator==(const ClipTokens&) const = default;
};

/// A tokenizer ready for work, on patches or on given features. Immutable; its functions may be called from several threads at once.
class ClipTokenizer
{
public:
    explicit ClipTokenizer(const Tokenizer& tokenizer);

    const Tokenizer& tokenizer() const { return m_tokenizer; }

    /// Tokens of a grid of any length in the front end's unit, not normalised. Throws Error: Unsupported for a refined codebook, InvalidValue
    /// for a grid with other bands or too short for one patch.
    ClipTokens tokens(const GridView& grid) const;
    /// Tokens of a model's features [token, dim] (of any length each) of a grid whose silence is known.
    ClipTokens tokensOfFeatures(std::span<const float> features, const std::vector<bool>& silent) const;

private:
    Tokenizer m_tokenizer;
    CodeAssigner m_assigner;
};

/// The patches of `tokens` (those given) of a grid, standardised: [token, mel, frame].
std::vector<float> patchesOf(const GridView& grid, const TokenLayout& layout, const BandStatistics& bands, std::span<const int> tokens);

} // namespace melscope
