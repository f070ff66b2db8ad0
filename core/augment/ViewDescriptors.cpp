// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ViewDescriptors.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace melscope {
namespace {

constexpr int mostBands = 64;
constexpr size_t mostCycles = 48;
constexpr double leastSwing = 0.01; // dB: what swings less counts as still

/// Neighbouring values averaged, so that no more than `most` groups of about equal size remain.
std::vector<float> grouped(const std::vector<double>& values, int most)
{
    const size_t count = std::min(values.size(), static_cast<size_t>(most));
    std::vector<float> groups(count);
    for (size_t group = 0; group < count; ++group) {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(group * values.size() / count);
        const auto end = values.begin() + static_cast<std::ptrdiff_t>((group + 1) * values.size() / count);
        groups[group] = static_cast<float>(std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin));
    }
    return groups;
}

/// Fourier amplitudes at 1, 2, ... cycles, as logarithms.
std::vector<float> swings(const std::vector<double>& values)
{
    std::vector<float> result(std::min(mostCycles, values.size() / 2));
    const auto count = static_cast<double>(values.size());
    for (size_t cycle = 1; cycle <= result.size(); ++cycle) {
        std::complex<double> sum;
        for (size_t i = 0; i < values.size(); ++i)
            sum += std::polar(values[i], -2.0 * std::numbers::pi * static_cast<double>(cycle * i % values.size()) / count);
        result[cycle - 1] = static_cast<float>(std::log(leastSwing + 2.0 * std::abs(sum) / count));
    }
    return result;
}

} // namespace

ViewDescriptors describeView(const SpectrogramGrid& grid)
{
    std::vector<double> levelOfRow(static_cast<size_t>(grid.mels));
    std::vector<double> levelOfFrame(static_cast<size_t>(grid.frames));
    for (int mel = 0; mel < grid.mels; ++mel) {
        const std::span<const float> row = grid.row(mel);
        levelOfRow[static_cast<size_t>(mel)] = std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(grid.frames);
        for (size_t frame = 0; frame < row.size(); ++frame)
            levelOfFrame[frame] += static_cast<double>(row[frame]) / grid.mels;
    }
    const double level = std::accumulate(levelOfFrame.begin(), levelOfFrame.end(), 0.0) / static_cast<double>(grid.frames);
    for (std::vector<double>* levels : {&levelOfRow, &levelOfFrame})
        for (double& value : *levels)
            value -= level;
    return {.bands = grouped(levelOfRow, mostBands), .envelope = swings(levelOfFrame)};
}

} // namespace melscope
