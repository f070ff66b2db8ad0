// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

#include <span>
#include <vector>

namespace melscope {

/// Cuts windowed frames out of a clip as the front end says: padding, window position, and for Kaldi the removal of DC
/// and the pre-emphasis. Immutable.
class FrameCutter
{
public:
    explicit FrameCutter(const FrontEnd& frontEnd);

    /// Frame number `frame` of `samples` (not empty) into `out` (nFft values), ready for the FFT.
    void cut(std::span<const float> samples, SampleIndex frame, std::span<float> out) const;

private:
    void copy(std::span<const float> samples, SampleIndex start, std::span<float> out) const;

    FrontEnd m_frontEnd;
    SampleIndex m_windowStart; ///< where the window lies in the frame
    SampleIndex m_padding;     ///< samples before the clip that the first frame covers
    std::vector<float> m_window;
};

} // namespace melscope
