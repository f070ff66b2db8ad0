// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/ClassInformation.h"

#include "base/RandomStream.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

constexpr int deals = 20;
constexpr uint64_t dealStream = 0x6465616C73ull;

/// A clip's codes, each once: dealing classes moves whole clips, so their tokens need not be looked at again.
std::vector<std::pair<int, int64_t>> codeCounts(std::span<const int32_t> tokens)
{
    std::vector<int32_t> heard;
    std::ranges::copy_if(tokens, std::back_inserter(heard), [](int32_t token) { return token != silentToken; });
    std::ranges::sort(heard);
    std::vector<std::pair<int, int64_t>> counts;
    for (const int32_t code : heard) {
        if (counts.empty() || counts.back().first != code)
            counts.push_back({code, 0});
        ++counts.back().second;
    }
    return counts;
}

} // namespace

std::vector<double> classInformation(const CountTable& byClass)
{
    std::vector<int64_t> classes(static_cast<size_t>(byClass.columns));
    for (int code = 0; code < byClass.rows; ++code)
        std::ranges::transform(classes, byClass.row(code), classes.begin(), std::plus());
    const auto all = static_cast<double>(std::accumulate(classes.begin(), classes.end(), int64_t(0)));
    std::vector<double> information;
    for (int code = 0; code < byClass.rows; ++code) {
        const auto row = byClass.row(code);
        const auto usage = static_cast<double>(std::accumulate(row.begin(), row.end(), int64_t(0)));
        double bits = 0.0;
        for (size_t label = 0; label < classes.size(); ++label)
            if (row[label] > 0) {
                const double share = static_cast<double>(row[label]) / usage;
                bits += share * std::log2(share * all / static_cast<double>(classes[label]));
            }
        information.push_back(std::max(0.0, bits)); // rounding must not make it negative
    }
    return information;
}

double chanceInformationBits(const TokenSet& set, std::span<const int> clips, uint64_t seed)
{
    std::vector<std::vector<std::pair<int, int64_t>>> counts;
    for (const int clip : clips)
        counts.push_back(codeCounts(set.tokensOf(clip)));
    double sum = 0.0;
    for (int deal = 0; deal < deals; ++deal) {
        RandomStream random({.seed = seed, .epoch = static_cast<uint64_t>(deal), .index = dealStream});
        const std::vector<int64_t> order = random.permutation(static_cast<int64_t>(clips.size()));
        CountTable table(set.codes(), static_cast<int>(set.classes.size()));
        for (size_t place = 0; place < order.size(); ++place) {
            const int label = set.labels[static_cast<size_t>(clips[static_cast<size_t>(order[place])])];
            for (const auto& [code, count] : counts[place])
                table.at(code, label) += count;
        }
        sum += mutualInformationBits(table);
    }
    return sum / deals;
}

} // namespace melscope
