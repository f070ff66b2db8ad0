// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "tokens/LoadedTokens.h"

#include <memory>
#include <vector>

namespace melscope {

class TokensPerspective;

/// A made-up codebook of 1,024 codes with 496 tokens for every clip of the dataset, some codes far commoner than others.
std::shared_ptr<const TokenSet> benchmarkTokens(const Dataset& dataset);

/// What the Tokens perspective takes until everything that changed is painted, milliseconds.
struct TokenLatencies
{
    std::vector<double> hover;  ///< the pointer is over another token
    std::vector<double> choose; ///< a code is chosen, the commonest first
};

/// What a codebook's atlas of 1,100 x 560 pixels takes to paint all of itself anew, milliseconds.
struct AtlasLatencies
{
    std::vector<double> whole;  ///< all codes in sight
    std::vector<double> zoomed; ///< about 1 code in 20, large enough for its patch
};
AtlasLatencies measureAtlas(const std::shared_ptr<const LoadedTokens>& tokens);

/// The perspective shows a clip's map.
TokenLatencies measureTokens(TokensPerspective& perspective);

} // namespace melscope
