// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/GridTools.h"

#include <numeric>

namespace melscope {

float meanValue(const SpectrogramGrid& grid)
{
    if (grid.values.empty())
        return 0.0f;
    const double sum = std::accumulate(grid.values.begin(), grid.values.end(), 0.0);
    return static_cast<float>(sum / static_cast<double>(grid.values.size()));
}

Stretch drawStretch(int64_t size, double widestShare, RandomStream& random)
{
    const auto widest = static_cast<int64_t>(widestShare * static_cast<double>(size));
    const int64_t count = random.below(widest + 1);
    return {.first = random.below(size - count + 1), .count = count};
}

} // namespace melscope
