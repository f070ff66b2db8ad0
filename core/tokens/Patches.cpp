// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/Patches.h"

#include <cmath>

namespace melscope {

BandMeter::BandMeter(int mels) : m_sum(static_cast<size_t>(mels)), m_squares(m_sum.size()), m_count(m_sum.size()) {}

void BandMeter::add(const GridView& grid, const TokenLayout& layout, const std::vector<bool>& silent)
{
    for (int mel = 0; mel < grid.mels; ++mel) {
        const int row = std::min(mel / layout.patch.mels, layout.rows - 1); // rows above the last token follow its silence
        const auto band = static_cast<size_t>(mel);
        for (int column = 0; column < layout.columns; ++column) {
            if (silent[static_cast<size_t>(layout.tokenAt(row, column))])
                continue;
            const size_t begin = static_cast<size_t>(mel * grid.frames + column * layout.patch.frames);
            for (const float value : grid.values.subspan(begin, static_cast<size_t>(layout.patch.frames))) {
                m_sum[band] += value;
                m_squares[band] += static_cast<double>(value) * value;
            }
            m_count[band] += layout.patch.frames;
        }
    }
}

void BandMeter::add(const BandMeter& other)
{
    for (size_t band = 0; band < m_sum.size(); ++band) {
        m_sum[band] += other.m_sum[band];
        m_squares[band] += other.m_squares[band];
        m_count[band] += other.m_count[band];
    }
}

BandStatistics BandMeter::statistics() const
{
    BandStatistics bands{.mean = std::vector<float>(m_sum.size()), .deviation = std::vector<float>(m_sum.size(), 1.0f)};
    for (size_t band = 0; band < m_sum.size(); ++band) {
        if (m_count[band] == 0.0)
            continue;
        const double mean = m_sum[band] / m_count[band];
        const double variance = m_squares[band] / m_count[band] - mean * mean;
        bands.mean[band] = static_cast<float>(mean);
        if (variance > 1e-6)
            bands.deviation[band] = static_cast<float>(std::sqrt(variance));
    }
    return bands;
}

void copyPatch(const GridView& grid, const TokenLayout& layout, const BandStatistics& bands, int token, std::span<float> out)
{
    const PatchShape& patch = layout.patch;
    const int firstMel = layout.rowOf(token) * patch.mels;
    const int firstFrame = layout.columnOf(token) * patch.frames;
    for (int mel = 0; mel < patch.mels; ++mel) {
        const auto band = static_cast<size_t>(firstMel + mel);
        const float* const from = grid.values.data() + static_cast<int64_t>(band) * grid.frames + firstFrame;
        const float scale = 1.0f / bands.deviation[band];
        for (int frame = 0; frame < patch.frames; ++frame)
            out[static_cast<size_t>(mel * patch.frames + frame)] = (from[frame] - bands.mean[band]) * scale;
    }
}

void restorePatch(const TokenLayout& layout, const BandStatistics& bands, int row, std::span<float> patch)
{
    for (int mel = 0; mel < layout.patch.mels; ++mel) {
        const auto band = static_cast<size_t>(row * layout.patch.mels + mel);
        for (float& value : patch.subspan(static_cast<size_t>(mel * layout.patch.frames), static_cast<size_t>(layout.patch.frames)))
            value = value * bands.deviation[band] + bands.mean[band];
    }
}

} // namespace melscope
