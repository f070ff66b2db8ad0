// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeOrder.h"

#include "tokens/CodeMap.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace melscope {
namespace {

std::vector<int> byUsage(const LoadedTokens& tokens)
{
    std::vector<int> codes(tokens.ranks.size());
    for (size_t code = 0; code < tokens.ranks.size(); ++code)
        codes[static_cast<size_t>(tokens.ranks[code] - 1)] = static_cast<int>(code);
    return codes;
}

std::vector<int> byClass(const LoadedTokens& tokens)
{
    const TokenStatistics& statistics = *tokens.statistics;
    const auto key = [&](int code) {
        const auto i = static_cast<size_t>(code);
        const int label = tokens.dominant[i].label;
        const double told = static_cast<double>(statistics.usage[i]) * statistics.classInformation[i]; // its part of the mutual information
        return std::tuple(label < 0 ? std::numeric_limits<int>::max() : label, -told);
    };
    std::vector<int> codes = byUsage(tokens);
    std::ranges::stable_sort(codes, {}, key);
    return codes;
}

} // namespace

std::vector<int> codesInOrder(const LoadedTokens& tokens, CodeOrder order, int code)
{
    switch (order) {
    case CodeOrder::Class: return byClass(tokens);
    case CodeOrder::Similarity: return codesBySimilarity(tokens.set->tokenizer.codebook, code >= 0 ? code : byUsage(tokens).front());
    case CodeOrder::Usage: break;
    }
    return byUsage(tokens);
}

} // namespace melscope
