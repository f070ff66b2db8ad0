// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace melscope {

/// What one token of a spectrogram covers.
struct PatchShape
{
    int mels = 16;   ///< rows
    int frames = 16;
    int size() const { return mels * frames; }
    bool operator==(const PatchShape&) const = default;
};

/// Numbers of a spectrogram [mel, frame], row 0 the lowest band, which belong to somebody else.
struct GridView
{
    std::span<const float> values;
    int mels = 0;
    int64_t frames = 0;
};

/// How a spectrogram is cut into patches, a token each: side by side from the lowest band and the first frame. What is left over at
/// the upper and the late edge is in no token. Token column * rows + row is patch `row` (0: the lowest bands) of time `column`,
/// as in BEATs.
struct TokenLayout
{
    PatchShape patch;
    int rows = 0;
    int columns = 0;

    /// Throws Error(InvalidValue) where not one patch fits.
    static TokenLayout of(const PatchShape& patch, int mels, int64_t frames);

    int size() const { return rows * columns; } ///< tokens of a clip
    int rowOf(int token) const { return token % rows; }
    int columnOf(int token) const { return token / rows; }
    int tokenAt(int row, int column) const { return column * rows + row; }
    bool operator==(const TokenLayout&) const = default;
};

/// Which tokens are digital silence: every value of the patch lies on the grid's floor, which is where the front end puts
/// what has no energy at all (and what lies more than top_db below the clip's maximum). Such a patch tells nothing and is left out
/// of codebooks, losses and statistics: one code would swallow all padding, and guessing it would look like knowledge.
std::vector<bool> silentTokens(const GridView& grid, const TokenLayout& layout);

} // namespace melscope
