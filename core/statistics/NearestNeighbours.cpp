// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/NearestNeighbours.h"

#include <algorithm>
#include <cmath>

namespace melscope {

std::vector<Neighbour> nearestNeighbours(const FeatureMatrix& features, int from, int count, const std::function<bool(int)>& wanted)
{
    const std::span<const float> centre = features.row(static_cast<size_t>(from));
    std::vector<Neighbour> all;
    for (int row = 0; row < static_cast<int>(features.rows); ++row) {
        if (row == from || (wanted && !wanted(row)))
            continue;
        const std::span<const float> other = features.row(static_cast<size_t>(row));
        double squares = 0.0;
        for (size_t i = 0; i < centre.size(); ++i) {
            const double difference = static_cast<double>(centre[i]) - static_cast<double>(other[i]);
            squares += difference * difference;
        }
        all.push_back({row, std::sqrt(squares)});
    }
    const auto kept = std::min(all.size(), static_cast<size_t>(std::max(count, 0)));
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(), [](const Neighbour& a, const Neighbour& b) {
        return a.distance != b.distance ? a.distance < b.distance : a.row < b.row;
    });
    all.resize(kept);
    return all;
}

FeatureMatrix standardised(const FeatureMatrix& features)
{
    FeatureMatrix result = features;
    const auto n = static_cast<double>(features.rows);
    for (size_t column = 0; column < features.columns; ++column) {
        double mean = 0.0, squares = 0.0;
        for (size_t row = 0; row < features.rows; ++row)
            mean += static_cast<double>(features.row(row)[column]) / n;
        for (size_t row = 0; row < features.rows; ++row)
            squares += std::pow(static_cast<double>(features.row(row)[column]) - mean, 2) / n;
        const double scale = squares > 0.0 ? 1.0 / std::sqrt(squares) : 0.0;
        for (size_t row = 0; row < features.rows; ++row)
            result.row(row)[column] = static_cast<float>((static_cast<double>(features.row(row)[column]) - mean) * scale);
    }
    return result;
}

} // namespace melscope
