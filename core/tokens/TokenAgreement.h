// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenStatistics.h"

namespace melscope {

/// How far two tokenizers (or two rounds of one) cut the same places into the same groups, whatever they call them.
struct TokenAgreement
{
    int64_t compared = 0; ///< places that neither takes for silence
    double mutualInformation = 0.0; ///< bits
    /// Adjusted mutual information (Vinh et al. 2010, mean of the entropies as bound): 1 for equal groups, 0 for what chance would give.
    double adjusted = 0.0;
    CountTable table;               ///< [code of a, code of b]
    std::vector<int> counterpart;   ///< [code of a]: the code of b it shares most places with; -1 for one never used
    std::vector<double> keptShare;  ///< [code of a]: the share of its places that have that counterpart
    double movedShare = 0.0;        ///< of all compared places, those that do not
};

/// a, b: codes or silentToken at the same places.
TokenAgreement tokenAgreement(std::span<const int32_t> a, int codesA, std::span<const int32_t> b, int codesB);
/// Of two sets of the same clips under the same layout. Throws Error(InvalidValue) where they are not.
TokenAgreement tokenAgreement(const TokenSet& a, const TokenSet& b);

/// Of the two indices of a table of counts: see TokenAgreement::adjusted.
double adjustedMutualInformation(const CountTable& table);

} // namespace melscope
