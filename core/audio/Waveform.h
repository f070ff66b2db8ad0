// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace melscope {

using SampleIndex = int64_t;

/// Sound in memory: float samples, full scale at +-1, laid out [channel, sample].
struct Waveform
{
    int sampleRate = 0; ///< Hz
    int channels = 0;
    std::vector<float> samples; ///< channel after channel

    SampleIndex length() const { return channels > 0 ? static_cast<SampleIndex>(samples.size()) / channels : 0; }
    double seconds() const { return sampleRate > 0 ? static_cast<double>(length()) / sampleRate : 0.0; }
    std::span<const float> channel(int index) const;

    bool operator==(const Waveform&) const = default;
};

/// The mean over channels.
Waveform toMono(const Waveform& waveform);

/// The one rule for clips that are not as long as the front end wants: a longer one keeps its beginning, a shorter one
/// is followed by digital silence.
void fitToLength(std::vector<float>& samples, SampleIndex length);

struct Level
{
    double peakDb = 0.0; ///< dB re full scale; -infinity for digital silence
    double rmsDb = 0.0;
    double clippedShare = 0.0; ///< share of samples at or beyond full scale in runs of three or more
};

Level measureLevel(const Waveform& waveform);

} // namespace melscope
