// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenSet.h"

namespace melscope {

/// One place of a dataset that has a code.
struct TokenPlace
{
    int clip = 0;
    int token = 0; ///< index in the clip's layout
    float distance = 0.0f;
    bool operator==(const TokenPlace&) const = default;
};

/// Where each code occurs, the nearest to its centre first; equal distances in the order of clips and tokens.
class TokenOccurrences
{
public:
    /// `clips`: those looked at. 2,000 clips of 496 tokens take a fifth of a second: for a job's thread.
    TokenOccurrences(const TokenSet& set, std::span<const int> clips);
    explicit TokenOccurrences(const TokenSet& set); ///< of all clips

    std::span<const TokenPlace> places(int code) const;
    /// The most typical place; none for a dead code.
    std::optional<TokenPlace> medoid(int code) const;

private:
    std::vector<TokenPlace> m_places;
    std::vector<size_t> m_begins; // [code + 1]
};

} // namespace melscope
