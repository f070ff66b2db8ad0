// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/TimeReversal.h"

#include <algorithm>

namespace melscope {

AugmentationInfo TimeReversal::info()
{
    return {.name = "reverse", .stage = AugmentationStage::Waveform, .title = "Time reversal",
            .help = "Plays the clip backwards: attacks become swells. Rain does not mind; a dog or a door is another sound, so watch the labels.",
            .make = makeAugmentation<TimeReversal>};
}

void TimeReversal::apply(std::vector<float>& samples, const Context&, RandomStream&) const
{
    std::ranges::reverse(samples);
}

} // namespace melscope
