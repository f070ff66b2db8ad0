// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenLayout.h"

namespace melscope {

/// Mean and standard deviation of every mel band, measured on training clips: without them a codebook would spend itself on
/// the slope of the spectrum.
struct BandStatistics
{
    std::vector<float> mean;      ///< [mel]
    std::vector<float> deviation; ///< [mel], positive
    bool operator==(const BandStatistics&) const = default;
};

/// Sums up bands over clips, patches of digital silence left out. Two that were given equal clips in equal order agree to the last bit.
class BandMeter
{
public:
    explicit BandMeter(int mels);

    void add(const GridView& grid, const TokenLayout& layout, const std::vector<bool>& silent);
    void add(const BandMeter& other);
    /// A band that never changed, or was never heard, gets deviation 1.
    BandStatistics statistics() const;

private:
    std::vector<double> m_sum, m_squares, m_count; // [mel]
};

/// Token `token` as numbers, standardised per band: `out` [mel of the patch, frame].
void copyPatch(const GridView& grid, const TokenLayout& layout, const BandStatistics& bands, int token, std::span<float> out);

/// Back to the front end's unit (dB): the inverse of copyPatch's standardisation for a patch of row `row`.
void restorePatch(const TokenLayout& layout, const BandStatistics& bands, int row, std::span<float> patch);

} // namespace melscope
