// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace melscope {

/// The values of a growing curve with a pyramid of lowest and highest values over blocks of 16, 256, ... points, so that any
/// stretch is summed up in logarithmic time. Chooses which points a plot has to draw so that a line through them covers the
/// same pixels as one through all: per pixel column the first, the lowest, the highest and the last (the M4 aggregation of
/// Jugel et al. 2014). Values are finite. Thread: one at a time.
class CurveDecimator
{
public:
    struct Extremes
    {
        size_t lowest = 0;  ///< index
        size_t highest = 0; ///< index
    };

    void append(double value);
    void clear();
    size_t size() const { return m_values.size(); }
    const std::vector<double>& values() const { return m_values; }

    /// Of the points [first, last), which must not be empty.
    Extremes extremes(size_t first, size_t last) const;

    /// Ascending indices of the points to draw for x in [from, to] over `columns` pixels, one point beyond each end included
    /// so that lines reach the edge. `x` is ascending and as long as the curve.
    std::vector<size_t> visible(std::span<const double> x, double from, double to, int columns) const;

private:
    struct Block
    {
        double low, high;
        uint32_t lowAt, highAt;
    };
    void fold(Extremes& extremes, const Block& block) const;

    std::vector<double> m_values;
    std::vector<std::vector<Block>> m_levels; // level k: blocks of 16^(k+1) points
};

} // namespace melscope
