// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace melscope {

/// One row of numbers a clip: [row, column].
struct FeatureMatrix
{
    size_t rows = 0;
    size_t columns = 0;
    std::vector<float> values; ///< row after row

    std::span<const float> row(size_t index) const { return std::span(values).subspan(index * columns, columns); }
    std::span<float> row(size_t index) { return std::span(values).subspan(index * columns, columns); }
};

struct PlanePoint
{
    double x = 0.0;
    double y = 0.0;
    bool operator==(const PlanePoint&) const = default;
};

} // namespace melscope
