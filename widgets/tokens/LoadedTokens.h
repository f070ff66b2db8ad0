// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/DominantClass.h"
#include "tokens/TokenOccurrences.h"
#include "tokens/TokenStatistics.h"

#include <QImage>

#include <memory>
#include <string>
#include <unordered_map>

namespace melscope {

/// A token set ready to be shown: counted, and every code's places at hand. Immutable once shared.
struct LoadedTokens
{
    std::shared_ptr<const TokenSet> set;
    std::shared_ptr<const TokenStatistics> statistics;     ///< of the clips that codebook and statistics may look at
    std::shared_ptr<const TokenOccurrences> occurrences;   ///< in all clips
    std::unordered_map<std::string, int> clips;            ///< name -> index in the set
    std::vector<int> ranks;                                ///< [code]: 1 for the commonest
    std::vector<DominantClass> dominant;                   ///< [code]
    std::vector<QImage> patches;                           ///< [code], see codePatch()

    int clipNamed(const std::string& name) const; ///< -1: not among the set's
};

/// 2,000 clips of 496 tokens take a quarter of a second: for a job's thread.
std::shared_ptr<const LoadedTokens> loadTokens(const std::shared_ptr<const TokenSet>& set);

} // namespace melscope
