// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/Spectrogram.h"

#include <algorithm>
#include <utility>

namespace melscope {
namespace {

constexpr float visibleRangeDb = 80.0F;
constexpr float visibleRangeLn = 18.5F; // 80 dB of power in natural logarithms
constexpr float leastRange = 1.0F;

} // namespace

Spectrogram describe(SpectrogramGrid grid, const FrontEnd& frontEnd, quint64 request)
{
    const bool kaldi = frontEnd.kind == FrontEnd::Kind::Kaldi;
    Spectrogram result{.grid = std::move(grid), .frontEnd = frontEnd, .request = request};
    result.autoScale = scaleBelowPeak(result.grid, kaldi ? visibleRangeLn : visibleRangeDb);
    result.unit = kaldi ? QStringLiteral("ln") : QStringLiteral("dB");
    return result;
}

ColourScale scaleBelowPeak(const SpectrogramGrid& grid, float range)
{
    const auto [lowest, highest] = std::minmax_element(grid.values.begin(), grid.values.end());
    const float high = std::max(*highest, *lowest + leastRange);
    return {std::max(*lowest, high - range), high};
}

} // namespace melscope
