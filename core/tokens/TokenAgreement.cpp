// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenAgreement.h"

#include "base/Error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

std::vector<int64_t> rowSums(const CountTable& table)
{
    std::vector<int64_t> sums;
    for (int row = 0; row < table.rows; ++row)
        sums.push_back(std::accumulate(table.row(row).begin(), table.row(row).end(), int64_t(0)));
    return sums;
}

std::vector<int64_t> columnSums(const CountTable& table)
{
    std::vector<int64_t> sums(static_cast<size_t>(table.columns));
    for (int row = 0; row < table.rows; ++row)
        std::ranges::transform(sums, table.row(row), sums.begin(), std::plus());
    return sums;
}

/// What two groups of a and b of n places share by chance, in bits of mutual information: the mean over the hypergeometric
/// distribution of the number they share, summed outwards from its mode until nothing more comes.
double expectedPart(double a, double b, double n)
{
    const auto logFactorial = [](double x) { return std::lgamma(x + 1.0); };
    const double low = std::max(0.0, a + b - n);
    const double high = std::min(a, b);
    const double mode = std::clamp(std::floor((a + 1.0) * (b + 1.0) / (n + 2.0)), low, high);
    const double atMode = std::exp(logFactorial(a) + logFactorial(b) + logFactorial(n - a) + logFactorial(n - b) - logFactorial(n)
                                   - logFactorial(mode) - logFactorial(a - mode) - logFactorial(b - mode) - logFactorial(n - a - b + mode));
    const auto information = [&](double shared) { return shared > 0.0 ? shared / n * std::log2(n * shared / (a * b)) : 0.0; };
    constexpr double negligible = 1e-15;
    double sum = atMode * information(mode);
    double probability = atMode;
    for (double shared = mode; shared < high && probability > negligible; ++shared) {
        probability *= (a - shared) * (b - shared) / ((shared + 1.0) * (n - a - b + shared + 1.0));
        sum += probability * information(shared + 1.0);
    }
    probability = atMode;
    for (double shared = mode; shared > low && probability > negligible; --shared) {
        probability *= shared * (n - a - b + shared) / ((a - shared + 1.0) * (b - shared + 1.0));
        sum += probability * information(shared - 1.0);
    }
    return sum;
}

} // namespace

double adjustedMutualInformation(const CountTable& table)
{
    const std::vector<int64_t> a = rowSums(table);
    const std::vector<int64_t> b = columnSums(table);
    const auto n = static_cast<double>(std::accumulate(a.begin(), a.end(), int64_t(0)));
    const double bound = (entropyBits(a) + entropyBits(b)) / 2.0;
    if (n == 0.0 || bound == 0.0)
        return 1.0; // one group each: equal
    double expected = 0.0;
    for (const int64_t ofA : a)
        for (const int64_t ofB : b)
            if (ofA > 0 && ofB > 0)
                expected += expectedPart(static_cast<double>(ofA), static_cast<double>(ofB), n);
    const double room = bound - expected;
    const double information = mutualInformationBits(table);
    if (std::abs(room) < 1e-12) // as many groups as places
        return information > bound - 1e-12 ? 1.0 : 0.0;
    return (information - expected) / room;
}

TokenAgreement tokenAgreement(std::span<const int32_t> a, int codesA, std::span<const int32_t> b, int codesB)
{
    TokenAgreement agreement{.table = {codesA, codesB}};
    for (size_t place = 0; place < a.size(); ++place) {
        if (a[place] == silentToken || b[place] == silentToken)
            continue;
        ++agreement.table.at(a[place], b[place]);
        ++agreement.compared;
    }
    agreement.mutualInformation = mutualInformationBits(agreement.table);
    agreement.adjusted = adjustedMutualInformation(agreement.table);
    int64_t kept = 0;
    for (int code = 0; code < codesA; ++code) {
        const auto row = agreement.table.row(code);
        const auto best = std::ranges::max_element(row);
        const int64_t sum = std::accumulate(row.begin(), row.end(), int64_t(0));
        agreement.counterpart.push_back(sum > 0 ? static_cast<int>(best - row.begin()) : -1);
        agreement.keptShare.push_back(sum > 0 ? static_cast<double>(*best) / static_cast<double>(sum) : 0.0);
        kept += *best;
    }
    if (agreement.compared > 0)
        agreement.movedShare = 1.0 - static_cast<double>(kept) / static_cast<double>(agreement.compared);
    return agreement;
}

TokenAgreement tokenAgreement(const TokenSet& a, const TokenSet& b)
{
    if (a.clips != b.clips || a.layout.rows != b.layout.rows || a.layout.columns != b.layout.columns)
        throw Error(ErrorKind::InvalidValue, "These two codebooks cannot be compared: their tokens are of other clips, or of patches at other places.");
    return tokenAgreement(a.tokens, a.codes(), b.tokens, b.codes());
}

} // namespace melscope
