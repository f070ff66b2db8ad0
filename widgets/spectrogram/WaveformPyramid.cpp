// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/WaveformPyramid.h"

#include <algorithm>
#include <limits>

namespace melscope {
namespace {

constexpr SampleIndex firstBlock = 32;
constexpr SampleIndex growth = 16;
constexpr Extremes nothing{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};

void include(Extremes& total, const Extremes& part)
{
    total.lowest = std::min(total.lowest, part.lowest);
    total.highest = std::max(total.highest, part.highest);
}

template <typename Value, typename ToExtremes>
std::vector<Extremes> reduced(const Value* values, SampleIndex count, SampleIndex block, ToExtremes toExtremes)
{
    std::vector<Extremes> result(static_cast<size_t>((count + block - 1) / block), nothing);
    for (SampleIndex i = 0; i < count; ++i)
        include(result[static_cast<size_t>(i / block)], toExtremes(values[i]));
    return result;
}

} // namespace

WaveformPyramid::WaveformPyramid(const Waveform& waveform)
{
    const auto ofSample = [](float sample) { return Extremes{sample, sample}; };
    const auto ofBlock = [](const Extremes& block) { return block; };
    Level level;
    for (int channel = 0; channel < waveform.channels; ++channel)
        level.push_back(reduced(waveform.channel(channel).data(), waveform.length(), firstBlock, ofSample));
    while (!level.empty() && level.front().size() > 1) {
        m_levels.push_back(level);
        for (std::vector<Extremes>& blocks : level)
            blocks = reduced(blocks.data(), static_cast<SampleIndex>(blocks.size()), growth, ofBlock);
    }
}

Extremes WaveformPyramid::extremes(const Waveform& waveform, int channel, SampleIndex first, SampleIndex last) const
{
    const std::span<const float> samples = waveform.channel(channel);
    first = std::max<SampleIndex>(first, 0);
    last = std::min<SampleIndex>(last, waveform.length());
    if (first >= last)
        return {};
    Extremes total = nothing;
    // Climbs as long as whole blocks fit, then walks the rest at the finer levels on both sides.
    while (first < last) {
        size_t level = m_levels.size();
        SampleIndex block = firstBlock;
        for (size_t i = 0; i < m_levels.size(); ++i, block *= growth) {
            if (first % block == 0 && first + block <= last)
                level = i;
            else
                break;
        }
        if (level == m_levels.size()) {
            const float sample = samples[static_cast<size_t>(first++)];
            include(total, {sample, sample});
            continue;
        }
        block = firstBlock;
        for (size_t i = 0; i < level; ++i)
            block *= growth;
        include(total, m_levels[level][static_cast<size_t>(channel)][static_cast<size_t>(first / block)]);
        first += block;
    }
    return total;
}

} // namespace melscope
