// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/LoadedTokens.h"

#include "tokens/CodePatch.h"

#include <algorithm>
#include <numeric>

namespace melscope {

int LoadedTokens::clipNamed(const std::string& name) const
{
    const auto found = clips.find(name);
    return found == clips.end() ? -1 : found->second;
}

std::shared_ptr<const LoadedTokens> loadTokens(const std::shared_ptr<const TokenSet>& set)
{
    auto loaded = std::make_shared<LoadedTokens>();
    loaded->set = set;
    loaded->statistics = std::make_shared<const TokenStatistics>(tokenStatistics(*set, set->trainingClips()));
    loaded->occurrences = std::make_shared<const TokenOccurrences>(*set);
    for (int clip = 0; clip < set->clipCount(); ++clip)
        loaded->clips.emplace(set->clips[static_cast<size_t>(clip)], clip);
    std::vector<int> order(static_cast<size_t>(set->codes()));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater(), [&](int code) { return loaded->statistics->usage[static_cast<size_t>(code)]; });
    loaded->ranks.resize(order.size());
    for (size_t rank = 0; rank < order.size(); ++rank)
        loaded->ranks[static_cast<size_t>(order[rank])] = static_cast<int>(rank) + 1;
    loaded->dominant = dominantClasses(*loaded->statistics);
    for (int code = 0; code < set->codes(); ++code)
        loaded->patches.push_back(codePatch(*set, code));
    return loaded;
}

} // namespace melscope
