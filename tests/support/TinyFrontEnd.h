// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

/// A front end whose grids are [mels, frames]: 8 kHz, one frame every 256 samples.
inline melscope::FrontEnd tinyFrontEnd(int mels, int frames)
{
    return melscope::FrontEnd{}.with(melscope::Json{{"sample_rate", 8000}, {"n_fft", 512}, {"hop", 256}, {"mels", mels},
                                                    {"clip_seconds", (frames - 1) * 256 / 8000.0}});
}
