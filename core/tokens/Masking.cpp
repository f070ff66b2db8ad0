// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/Masking.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

int blockSize(int most, int room, RandomStream& random)
{
    const int largest = std::clamp(most, 1, room);
    const int smallest = (largest + 1) / 2;
    return smallest + static_cast<int>(random.below(largest - smallest + 1));
}

} // namespace

std::vector<bool> drawMask(const Masking& masking, const TokenLayout& layout, RandomStream& random)
{
    const int wanted = static_cast<int>(std::lround(masking.share * layout.size()));
    std::vector<bool> mask(static_cast<size_t>(layout.size()));
    if (masking.strategy == Masking::Strategy::Random) {
        const std::vector<int64_t> order = random.permutation(layout.size());
        for (int i = 0; i < wanted; ++i)
            mask[static_cast<size_t>(order[static_cast<size_t>(i)])] = true;
        return mask;
    }
    for (int hidden = 0; hidden < wanted;) {
        const int rows = blockSize(masking.blockRows, layout.rows, random);
        const int columns = blockSize(masking.blockColumns, layout.columns, random);
        // Blocks may hang over the edges: otherwise the corners would hardly ever be hidden.
        const int firstRow = static_cast<int>(random.below(layout.rows + rows - 1)) - rows + 1;
        const int firstColumn = static_cast<int>(random.below(layout.columns + columns - 1)) - columns + 1;
        for (int column = std::max(firstColumn, 0); column < std::min(firstColumn + columns, layout.columns); ++column)
            for (int row = std::max(firstRow, 0); row < std::min(firstRow + rows, layout.rows) && hidden < wanted; ++row) {
                auto token = mask[static_cast<size_t>(layout.tokenAt(row, column))];
                hidden += token ? 0 : 1;
                token = true;
            }
    }
    return mask;
}

} // namespace melscope
