// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/FrequencyAxis.h"
#include "spectrogram/TimeWindow.h"

namespace melscope {

/// Time and frequency <-> pixel of a picture `width` x `height`, row 0 at the top. Pixels are fractional: pixel i
/// reaches from i to i + 1.
struct ViewGeometry
{
    TimeWindow time;
    FrequencyAxis frequency;
    double width = 1.0;
    double height = 1.0;

    double xOfSeconds(double seconds) const { return (seconds - time.visible.start) / time.visible.length() * width; }
    double secondsOfX(double x) const { return time.visible.start + x / width * time.visible.length(); }
    double yOfHz(double hz) const { return (1.0 - frequency.positionOfHz(hz)) * height; }
    double hzOfY(double y) const { return frequency.hzOfPosition(1.0 - y / height); }
    double rowOfY(double y) const { return frequency.rowOfPosition(1.0 - y / height); }
};

} // namespace melscope
