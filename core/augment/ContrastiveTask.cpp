// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ContrastiveTask.h"

#include "base/Error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

// Below it (in the features' units, dB) a deviation is rounding, not sound.
constexpr double smallestDeviation = 1e-6;

double product(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0, std::plus<>(),
                              [](float x, float y) { return static_cast<double>(x) * static_cast<double>(y); });
}

void toUnitLength(std::vector<float>& view)
{
    const double length = std::sqrt(product(view, view));
    for (float& value : view)
        value = length > 0.0 ? static_cast<float>(value / length) : 0.0f;
}

void standardiseFeature(ViewTable& views, size_t feature)
{
    const auto count = static_cast<double>(views.size());
    double mean = 0.0;
    for (const std::vector<float>& view : views)
        mean += static_cast<double>(view[feature]) / count;
    double variance = 0.0;
    for (const std::vector<float>& view : views)
        variance += (view[feature] - mean) * (view[feature] - mean) / count;
    const double deviation = std::sqrt(variance);
    for (std::vector<float>& view : views)
        view[feature] = deviation > smallestDeviation ? static_cast<float>((view[feature] - mean) / deviation) : 0.0f;
}

/// How many other clips hold a view that is at least as near as the partner.
int nearerClips(const ViewTable& views, size_t view)
{
    const double partner = product(views[view], views[view ^ 1]);
    int nearer = 0;
    for (size_t other = 0; other < views.size(); other += 2)
        nearer += other / 2 != view / 2 && (product(views[view], views[other]) >= partner || product(views[view], views[other + 1]) >= partner);
    return nearer;
}

/// That `drawn` of `others` clips, drawn without replacement, include none of the `nearer` ones.
double chanceOfNone(int others, int nearer, int drawn)
{
    double chance = 1.0;
    for (int i = 0; i < drawn && chance > 0.0; ++i)
        chance *= std::max(0.0, static_cast<double>(others - nearer - i) / (others - i));
    return chance;
}

} // namespace

ViewTable standardised(ViewTable views)
{
    for (size_t feature = 0; feature < views.front().size(); ++feature)
        standardiseFeature(views, feature);
    for (std::vector<float>& view : views)
        toUnitLength(view);
    return views;
}

ViewTable joined(const ViewTable& first, const ViewTable& second)
{
    ViewTable both = first;
    for (size_t view = 0; view < both.size(); ++view) {
        both[view].insert(both[view].end(), second[view].begin(), second[view].end());
        toUnitLength(both[view]);
    }
    return both;
}

double contrastiveTopOne(const ViewTable& views, int pairs, const std::stop_token& stop)
{
    const int others = static_cast<int>(views.size() / 2) - 1;
    double found = 0.0;
    for (size_t view = 0; view < views.size(); ++view) {
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "The measurement was cancelled.");
        found += chanceOfNone(others, nearerClips(views, view), pairs - 1);
    }
    return found / static_cast<double>(views.size());
}

double contrastiveChance(int pairs)
{
    return 1.0 / (2.0 * pairs - 1.0);
}

} // namespace melscope
