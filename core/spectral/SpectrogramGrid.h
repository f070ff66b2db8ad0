// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace melscope {

using FrameIndex = int64_t;

/// A spectrogram as numbers: [mel, frame], row 0 the lowest band. dB re full scale (Mel) or natural log (Kaldi).
struct SpectrogramGrid
{
    int mels = 0;
    FrameIndex frames = 0;
    std::vector<float> values; ///< row after row

    std::span<float> row(int mel);
    std::span<const float> row(int mel) const;
    float at(int mel, FrameIndex frame) const { return values[static_cast<size_t>(mel * frames + frame)]; }

    bool operator==(const SpectrogramGrid&) const = default;
};

} // namespace melscope
