// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/Interpolation.h"

#include <algorithm>

namespace melscope {

std::vector<Between> between(const std::vector<double>& positions, int64_t size)
{
    std::vector<Between> places;
    places.reserve(positions.size());
    for (const double position : positions) {
        const double inside = std::clamp(position, 0.0, static_cast<double>(size - 1));
        const int64_t index = std::min(static_cast<int64_t>(inside), size - 2);
        places.push_back({.index = index, .fraction = static_cast<float>(inside - static_cast<double>(index))});
    }
    return places;
}

void interpolate(std::span<const float> values, const std::vector<Between>& places, std::span<float> out)
{
    const float* first = values.data();
    for (size_t i = 0; i < places.size(); ++i) {
        const float* left = first + places[i].index;
        out[i] = left[0] + places[i].fraction * (left[1] - left[0]);
    }
}

} // namespace melscope
