// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"

#include <vector>

namespace melscope {

/// Smallest and largest sample of a stretch.
struct Extremes
{
    float lowest = 0.0F;
    float highest = 0.0F;
};

/// Smallest and largest values of blocks of 32, 512, 8192, ... samples of every channel, so that a long file is drawn
/// in the time of its pixels instead of its samples. Exact: no peak is missed. Keeps the waveform alive by reference
/// only: the caller does. Immutable; thread: any.
class WaveformPyramid
{
public:
    WaveformPyramid() = default;
    explicit WaveformPyramid(const Waveform& waveform);

    /// Extremes of samples [first, last) of a channel, clamped to what is there; zeros where nothing is.
    Extremes extremes(const Waveform& waveform, int channel, SampleIndex first, SampleIndex last) const;

private:
    using Level = std::vector<std::vector<Extremes>>; // [channel][block]
    std::vector<Level> m_levels;
};

} // namespace melscope
