// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodebookComparison.h"

#include <algorithm>
#include <map>

namespace melscope {
namespace {

/// Codes numbered anew in the order of their appearance, so that a clip's table is no larger than its tokens; silence stays.
int renumber(std::span<const int32_t> tokens, std::vector<int32_t>& out)
{
    std::map<int32_t, int32_t> numbers;
    for (const int32_t token : tokens)
        out.push_back(token == silentToken ? silentToken : numbers.emplace(token, static_cast<int32_t>(numbers.size())).first->second);
    return std::max(1, static_cast<int>(numbers.size()));
}

} // namespace

double CodebookComparison::OfClip::movedShare() const
{
    return compared > 0 ? static_cast<double>(std::ranges::count(moved, true)) / static_cast<double>(compared) : 0.0;
}

CodebookComparison::OfClip CodebookComparison::ofClip(int clip) const
{
    const auto a = first->set->tokensOf(clip);
    const auto b = second->set->tokensOf(clip);
    std::vector<int32_t> ofA, ofB;
    const int codesA = renumber(a, ofA);
    const int codesB = renumber(b, ofB);
    const TokenAgreement here = tokenAgreement(ofA, codesA, ofB, codesB);
    OfClip result{.compared = here.compared, .adjusted = here.adjusted, .moved = std::vector<bool>(a.size())};
    for (size_t token = 0; token < a.size(); ++token)
        result.moved[token] = a[token] != silentToken && b[token] != silentToken && agreement.counterpart[static_cast<size_t>(a[token])] != b[token];
    return result;
}

std::shared_ptr<const CodebookComparison> compareCodebooks(const std::shared_ptr<const LoadedTokens>& first,
                                                           const std::shared_ptr<const LoadedTokens>& second, const QString& firstName,
                                                           const QString& secondName)
{
    auto comparison = std::make_shared<CodebookComparison>();
    comparison->first = first;
    comparison->second = second;
    comparison->firstName = firstName;
    comparison->secondName = secondName;
    comparison->agreement = tokenAgreement(*first->set, *second->set);
    const CountTable& table = comparison->agreement.table;
    for (int code = 0; code < table.columns; ++code) {
        int best = -1;
        for (int row = 0; row < table.rows; ++row)
            if (table.at(row, code) > (best < 0 ? 0 : table.at(best, code)))
                best = row;
        comparison->firstOfSecond.push_back(best);
    }
    return comparison;
}

} // namespace melscope
