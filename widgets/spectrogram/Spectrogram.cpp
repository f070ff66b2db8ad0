// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/Spectrogram.h"

#include <algorithm>
#include <utility>

namespace melscope {
namespace {

constexpr float visibleRangeDb = 80.0F;
constexpr float visibleRangeLn = 18.5F; // 80 dB of power in natural logarithms
constexpr float visibleRangeScaled = visibleRangeLn / (2.0F * 6.55582F); // as BEATs divides them
constexpr float leastRange = 1.0F;

struct Values
{
    float visibleRange;
    QString unit;
};

Values valuesOf(FrontEnd::Kind kind)
{
    switch (kind) {
    case FrontEnd::Kind::Mel:
        return {visibleRangeDb, QStringLiteral("dB")};
    case FrontEnd::Kind::Kaldi:
        return {visibleRangeLn, QStringLiteral("ln")};
    case FrontEnd::Kind::Beats:
        return {visibleRangeScaled, QStringLiteral("sd")};
    }
    return {};
}

} // namespace

Spectrogram describe(SpectrogramGrid grid, const FrontEnd& frontEnd, quint64 request)
{
    const Values values = valuesOf(frontEnd.kind);
    Spectrogram result{.grid = std::move(grid), .frontEnd = frontEnd, .request = request};
    result.autoScale = scaleBelowPeak(result.grid, values.visibleRange);
    result.unit = values.unit;
    return result;
}

ColourScale scaleBelowPeak(const SpectrogramGrid& grid, float range)
{
    const auto [lowest, highest] = std::minmax_element(grid.values.begin(), grid.values.end());
    const float high = std::max(*highest, *lowest + leastRange);
    return {std::max(*lowest, high - range), high};
}

} // namespace melscope
