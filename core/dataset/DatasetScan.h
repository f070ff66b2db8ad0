// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/AudioFile.h"
#include "audio/Waveform.h"
#include "dataset/Dataset.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace melscope {

/// What one clip's file turned out to hold.
struct ClipFacts
{
    bool readable = false;
    AudioInfo info;
    Level level; ///< measured only by a deep scan
};

struct ScanResult
{
    std::vector<ClipFacts> facts;  ///< one per clip, same order
    std::vector<Problem> problems; ///< inside the files: truncated, empty, not audio, silent, clipped, unusual, ...
};

/// Reads every file's header; a deep scan also decodes it and measures levels. `progress(done, total)` is called from the
/// scanning threads at most every 50 ms. `publish(index, facts)` is called per clip as it is known, from those threads.
/// Thread: any; uses `threads` of its own.
ScanResult scanDataset(const Dataset& dataset, bool deep, int threads, std::stop_token stop = {},
                       const std::function<void(int done, int total)>& progress = {},
                       const std::function<void(int clip, const ClipFacts&)>& publish = {});

} // namespace melscope
