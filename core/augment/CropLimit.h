// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"

namespace melscope {

/// Keeps random crops from taking the sound away: a view without energy is no view. A crop that would keep less than a share of
/// the clip's energy is drawn anew from the same stream; where `tries` draws found none, nothing is cropped.
struct CropLimit
{
    static constexpr int tries = 16;

    /// The parameter "least_energy": that share, [0, 1]; 0 allows every crop.
    static Parameter parameter();
};

} // namespace melscope
