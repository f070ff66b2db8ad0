// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/MelFilterbank.h"

#include "spectral/MelScales.h"

#include <algorithm>

namespace melscope {
namespace {

/// count values from first to last, rounded exactly as torch::linspace rounds them: in groups of eight from the group's
/// first value, counted from the nearer end. Where a pure tone lies on the edge of a triangle, these roundings decide a
/// thousandth of its power, so that without them the tolerance to torchaudio cannot be held.
std::vector<float> evenlySpaced(double first, double last, int count)
{
    constexpr int group = 8;
    const auto low = static_cast<float>(first);
    const auto high = static_cast<float>(last);
    const float step = (high - low) / static_cast<float>(count - 1);
    std::vector<float> values;
    for (int i = 0; i < count; ++i) {
        const int start = i - i % group;
        const int anchor = start + group <= count ? start : i;
        const float base = anchor < count / 2 ? low + step * static_cast<float>(anchor)
                                              : high - step * static_cast<float>(count - 1 - anchor);
        values.push_back(base + step * static_cast<float>(i - anchor));
    }
    return values;
}

/// A triangle over [left, right] with its tip of height `tip` at `centre`, sampled at `positions`.
MelRow triangle(const std::vector<float>& positions, float left, float centre, float right, float tip)
{
    MelRow row;
    for (size_t bin = 0; bin < positions.size(); ++bin) {
        const float x = positions[bin];
        const float weight = tip * std::min((x - left) / (centre - left), (right - x) / (right - centre));
        if (weight <= 0.0f)
            continue;
        if (row.weights.empty())
            row.firstBin = static_cast<int>(bin);
        row.weights.push_back(weight);
    }
    return row;
}

} // namespace

std::vector<MelRow> melFilterbank(const FrontEnd& frontEnd)
{
    const bool inMel = frontEnd.kind != FrontEnd::Kind::Mel;
    const int bins = inMel ? frontEnd.nFft / 2 : frontEnd.nFft / 2 + 1;
    std::vector<float> positions;
    for (int bin = 0; bin < bins; ++bin) {
        const double hz = static_cast<double>(bin) * frontEnd.sampleRate / frontEnd.nFft;
        positions.push_back(static_cast<float>(inMel ? melOfFrequency(hz, frontEnd.melScale) : hz));
    }
    std::vector<float> corners = evenlySpaced(melOfFrequency(frontEnd.fMin, frontEnd.melScale),
                                              melOfFrequency(frontEnd.fMax, frontEnd.melScale), frontEnd.mels + 2);
    if (!inMel)
        for (float& corner : corners)
            corner = frequencyOfMel(corner, frontEnd.melScale);
    std::vector<MelRow> rows;
    for (size_t mel = 0; mel + 2 < corners.size(); ++mel) {
        const float tip = frontEnd.norm == FrontEnd::Norm::Slaney ? 2.0f / (corners[mel + 2] - corners[mel]) : 1.0f;
        rows.push_back(triangle(positions, corners[mel], corners[mel + 1], corners[mel + 2], tip));
    }
    return rows;
}

} // namespace melscope
