// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/CropLimit.h"

namespace melscope {

Parameter CropLimit::parameter()
{
    return {.key = "least_energy", .label = "Least energy", .defaultValue = 0.1, .minimum = 0.0, .maximum = 1.0,
            .help = "Share of the clip's energy that a crop must keep, so that no view is silent: one that keeps less is drawn anew. Where "
                    + std::to_string(tries) + " draws find none, the clip stays whole. 0 allows every crop.",
            .advanced = true};
}

} // namespace melscope
