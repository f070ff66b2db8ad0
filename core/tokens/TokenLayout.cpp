// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenLayout.h"

#include "base/Error.h"

#include <algorithm>
#include <string>

namespace melscope {
namespace {

// Below what any front end resolves, above the rounding of a normalisation.
constexpr float tolerance = 1e-3f;

} // namespace

TokenLayout TokenLayout::of(const PatchShape& patch, int mels, int64_t frames)
{
    if (patch.mels < 1 || patch.frames < 1 || patch.mels > mels || patch.frames > frames)
        throw Error(ErrorKind::InvalidValue, "A patch of " + std::to_string(patch.mels) + " mel rows x " + std::to_string(patch.frames)
                                                 + " frames does not fit a spectrogram of " + std::to_string(mels) + " x "
                                                 + std::to_string(frames) + "; choose a smaller patch.");
    return {.patch = patch, .rows = mels / patch.mels, .columns = static_cast<int>(frames / patch.frames)};
}

std::vector<bool> silentTokens(const GridView& grid, const TokenLayout& layout)
{
    std::vector<bool> silent(static_cast<size_t>(layout.size()), true);
    const float floor = *std::ranges::min_element(grid.values) + tolerance;
    for (int mel = 0; mel < layout.rows * layout.patch.mels; ++mel) {
        const auto row = grid.values.subspan(static_cast<size_t>(mel * grid.frames), static_cast<size_t>(grid.frames));
        for (int column = 0; column < layout.columns; ++column) {
            const auto part = row.subspan(static_cast<size_t>(column * layout.patch.frames), static_cast<size_t>(layout.patch.frames));
            if (std::ranges::any_of(part, [floor](float value) { return value > floor; }))
                silent[static_cast<size_t>(layout.tokenAt(mel / layout.patch.mels, column))] = false;
        }
    }
    return silent;
}

} // namespace melscope
