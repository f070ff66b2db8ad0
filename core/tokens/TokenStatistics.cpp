// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenStatistics.h"

#include "tokens/ClassInformation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

void countClip(const TokenSet& set, int clip, TokenStatistics& statistics)
{
    const auto tokens = set.tokensOf(clip);
    const int label = set.labels[static_cast<size_t>(clip)];
    for (int token = 0; token < set.layout.size(); ++token) {
        const int32_t code = tokens[static_cast<size_t>(token)];
        if (code == silentToken) {
            ++statistics.silent;
            ++statistics.silence.at(set.layout.rowOf(token), set.layout.columnOf(token));
            continue;
        }
        ++statistics.tokens;
        ++statistics.usage[static_cast<size_t>(code)];
        ++statistics.byRow.at(code, set.layout.rowOf(token));
        ++statistics.byColumn.at(code, set.layout.columnOf(token));
        ++statistics.byClass.at(code, label);
        if (set.layout.columnOf(token) + 1 == set.layout.columns)
            continue;
        if (const int32_t next = tokens[static_cast<size_t>(token + set.layout.rows)]; next != silentToken)
            ++statistics.bigrams.at(code, next);
    }
}

/// What always guessing a row's largest count gets right.
double bestGuess(const CountTable& table)
{
    int64_t right = 0;
    for (int row = 0; row < table.rows; ++row)
        right += std::ranges::max(table.row(row));
    const int64_t all = std::accumulate(table.counts.begin(), table.counts.end(), int64_t(0));
    return all > 0 ? static_cast<double>(right) / static_cast<double>(all) : 0.0;
}

std::vector<int64_t> columnSums(const CountTable& table)
{
    std::vector<int64_t> sums(static_cast<size_t>(table.columns));
    for (int row = 0; row < table.rows; ++row)
        std::ranges::transform(sums, table.row(row), sums.begin(), std::plus());
    return sums;
}

} // namespace

std::vector<int> TokenStatistics::deadCodes() const
{
    std::vector<int> dead;
    for (size_t code = 0; code < usage.size(); ++code)
        if (usage[code] == 0)
            dead.push_back(static_cast<int>(code));
    return dead;
}

std::vector<CodePair> pairsByCount(const CountTable& bigrams)
{
    std::vector<CodePair> pairs;
    for (int code = 0; code < bigrams.rows; ++code)
        for (int next = 0; next < bigrams.columns; ++next)
            if (bigrams.at(code, next) > 0)
                pairs.push_back({code, next, bigrams.at(code, next)});
    std::ranges::stable_sort(pairs, std::greater(), &CodePair::count);
    return pairs;
}

double entropyBits(std::span<const int64_t> counts)
{
    const auto sum = static_cast<double>(std::accumulate(counts.begin(), counts.end(), int64_t(0)));
    double entropy = 0.0;
    for (const int64_t count : counts)
        if (count > 0)
            entropy -= static_cast<double>(count) / sum * std::log2(static_cast<double>(count) / sum);
    return entropy;
}

double mutualInformationBits(const CountTable& table)
{
    std::vector<int64_t> rowSums;
    for (int row = 0; row < table.rows; ++row)
        rowSums.push_back(std::accumulate(table.row(row).begin(), table.row(row).end(), int64_t(0)));
    // H(X) + H(Y) - H(X, Y); rounding must not make it negative.
    return std::max(0.0, entropyBits(rowSums) + entropyBits(columnSums(table)) - entropyBits(table.counts));
}

TokenStatistics tokenStatistics(const TokenSet& set, std::span<const int> clips)
{
    const int codes = set.codes();
    TokenStatistics statistics{.clips = static_cast<int>(clips.size()), .silence = {set.layout.rows, set.layout.columns},
                               .usage = std::vector<int64_t>(static_cast<size_t>(codes)), .byRow = {codes, set.layout.rows},
                               .byColumn = {codes, set.layout.columns},
                               .byClass = {codes, static_cast<int>(set.classes.size())}, .bigrams = {codes, codes}};
    for (const int clip : clips)
        countClip(set, clip, statistics);
    statistics.usedCodes = codes - static_cast<int>(statistics.deadCodes().size());
    statistics.entropy = entropyBits(statistics.usage);
    statistics.perplexity = statistics.tokens > 0 ? std::exp2(statistics.entropy) : 0.0;
    statistics.mutualInformation = mutualInformationBits(statistics.byClass);
    statistics.chanceInformation = chanceInformationBits(set, clips);
    statistics.classInformation = classInformation(statistics.byClass);
    statistics.rowInformation = mutualInformationBits(statistics.byRow);
    statistics.columnInformation = mutualInformationBits(statistics.byColumn);
    statistics.classEntropy = entropyBits(columnSums(statistics.byClass));
    if (statistics.tokens > 0)
        statistics.majorityAccuracy = static_cast<double>(std::ranges::max(statistics.usage)) / static_cast<double>(statistics.tokens);
    statistics.bigramAccuracy = bestGuess(statistics.bigrams);
    return statistics;
}

TokenStatistics tokenStatistics(const TokenSet& set)
{
    std::vector<int> all(static_cast<size_t>(set.clipCount()));
    std::iota(all.begin(), all.end(), 0);
    return tokenStatistics(set, all);
}

} // namespace melscope
