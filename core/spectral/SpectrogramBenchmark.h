// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace melscope {

struct SpectrogramSpeed
{
    int threads = 0;
    double clipsPerSecond = 0.0; ///< of all threads together, samples in memory to dB in memory
};

/// Log-mel of 5 s clips of noise at 44.1 kHz with the "esc" front end, one extractor shared by 1, 2, ... mostThreads
/// threads: for each count the median of `repetitions` runs of at least `secondsPerRun`. Blocks; not for the GUI thread.
std::vector<SpectrogramSpeed> measureSpectrogramSpeed(int mostThreads, int repetitions = 5, double secondsPerRun = 0.3);

} // namespace melscope
