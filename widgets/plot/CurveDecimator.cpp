// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/CurveDecimator.h"

#include <algorithm>
#include <array>

namespace melscope {
namespace {

constexpr size_t blockShift = 4;
constexpr size_t blockSize = size_t{1} << blockShift;

// Columns hold about equally many points, so the end of the next one is looked for near where it would then be.
size_t columnEnd(std::span<const double> x, size_t first, size_t last, double edge, size_t guess)
{
    size_t low = first, step = std::max<size_t>(guess, 1);
    size_t high = std::min(first + step, last);
    while (high < last && x[high] < edge) {
        low = high;
        step *= 2;
        high = std::min(high + step, last);
    }
    const auto begin = x.begin();
    return static_cast<size_t>(std::lower_bound(begin + static_cast<std::ptrdiff_t>(low), begin + static_cast<std::ptrdiff_t>(high), edge)
                               - begin);
}

} // namespace

void CurveDecimator::append(double value)
{
    const auto index = static_cast<uint32_t>(m_values.size());
    m_values.push_back(value);
    size_t blocks = m_values.size();
    for (size_t level = 0; blocks > 1; ++level) {
        blocks = (blocks + blockSize - 1) >> blockShift;
        if (level == m_levels.size()) {
            // A new level begins when the one below has its second block: what is there already is summed up once.
            m_levels.emplace_back();
            const Extremes all = extremes(0, m_values.size());
            m_levels[level].push_back({m_values[all.lowest], m_values[all.highest], static_cast<uint32_t>(all.lowest),
                                       static_cast<uint32_t>(all.highest)});
        } else if (m_levels[level].size() < blocks) {
            m_levels[level].push_back({value, value, index, index});
        } else {
            Block& block = m_levels[level].back();
            if (value < block.low)
                block.low = value, block.lowAt = index;
            if (value > block.high)
                block.high = value, block.highAt = index;
        }
    }
}

void CurveDecimator::clear()
{
    m_values.clear();
    m_levels.clear();
}

void CurveDecimator::fold(Extremes& extremes, const Block& block) const
{
    if (block.low < m_values[extremes.lowest])
        extremes.lowest = block.lowAt;
    if (block.high > m_values[extremes.highest])
        extremes.highest = block.highAt;
}

CurveDecimator::Extremes CurveDecimator::extremes(size_t first, size_t last) const
{
    Extremes result{first, first};
    size_t i = first;
    while (i < last) {
        // The largest block that begins here and ends within the stretch.
        size_t level = 0, span = blockSize;
        bool found = false;
        size_t chosen = 0;
        while (level < m_levels.size() && (i & (span - 1)) == 0 && i + span <= last) {
            found = true;
            chosen = level++;
            span <<= blockShift;
        }
        if (found) {
            const size_t shift = blockShift * (chosen + 1);
            fold(result, m_levels[chosen][i >> shift]);
            i += size_t{1} << shift;
            continue;
        }
        const size_t end = std::min(last, (i | (blockSize - 1)) + 1);
        for (; i < end; ++i) {
            if (m_values[i] < m_values[result.lowest])
                result.lowest = i;
            if (m_values[i] > m_values[result.highest])
                result.highest = i;
        }
    }
    return result;
}

std::vector<size_t> CurveDecimator::visible(std::span<const double> x, double from, double to, int columns) const
{
    std::vector<size_t> indices;
    if (m_values.empty() || columns <= 0 || !(to > from))
        return indices;
    size_t first = static_cast<size_t>(std::lower_bound(x.begin(), x.end(), from) - x.begin());
    size_t last = static_cast<size_t>(std::upper_bound(x.begin(), x.end(), to) - x.begin());
    first -= first > 0 ? 1 : 0;
    last += last < m_values.size() ? 1 : 0;
    const size_t pointsPerColumn = 4;
    if (last - first <= pointsPerColumn * static_cast<size_t>(columns)) {
        for (size_t i = first; i < last; ++i)
            indices.push_back(i);
        return indices;
    }
    indices.reserve(pointsPerColumn * static_cast<size_t>(columns + 2));
    const double width = (to - from) / columns;
    size_t guess = (last - first) / static_cast<size_t>(columns);
    int column = -1;
    for (size_t i = first; i < last;) {
        const double edge = from + width * (column + 1);
        const size_t end = column >= columns ? last : columnEnd(x, i, last, edge, guess);
        ++column;
        if (end == i)
            continue;
        guess = end - i;
        const Extremes extreme = extremes(i, end);
        std::array<size_t, 4> chosen{i, extreme.lowest, extreme.highest, end - 1};
        std::sort(chosen.begin(), chosen.end());
        indices.insert(indices.end(), chosen.begin(), std::unique(chosen.begin(), chosen.end()));
        i = end;
    }
    return indices;
}

} // namespace melscope
