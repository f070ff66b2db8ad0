// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace melscope {

/// How loud mono samples are to a listener, LUFS: ITU-R BS.1770-4 with its K weighting, blocks of 400 ms and gates at -70 LUFS
/// and 10 LU below the mean. Shorter clips are one block. -infinity where every block is below the gate. Thread: any.
double integratedLoudness(std::span<const float> samples, int sampleRate);

struct Loudness
{
    double lufs = 0.0;
    double peakDb = 0.0; ///< dB re full scale of the highest sample
};

Loudness measureLoudness(std::span<const float> samples, int sampleRate);

/// Gains under which two sounds are equally loud, dB.
struct LoudnessMatch
{
    double firstDb = 0.0;
    double secondDb = 0.0;

    bool operator==(const LoudnessMatch&) const = default;
};

/// The first keeps its level and the second is brought to it, by 40 dB at most; both are lowered where the second would leave
/// full scale. Nothing is changed where one of them is silent.
LoudnessMatch matchLoudness(const Loudness& first, const Loudness& second);

} // namespace melscope
