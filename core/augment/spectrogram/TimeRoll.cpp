// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/TimeRoll.h"

#include <algorithm>

namespace melscope {

AugmentationInfo TimeRoll::info()
{
    return {.name = "time_roll", .stage = AugmentationStage::Spectrogram, .title = "Cyclic shift in frames",
            .help = "Moves the spectrogram in time; what leaves at the end returns at the beginning. When a sound happens rarely tells what it is.",
            .schema = ParameterSchema({
                {.key = "max_share", .label = "Largest shift", .defaultValue = 1.0, .minimum = 0.0, .maximum = 1.0,
                 .help = "Largest cyclic shift as a share of the clip; 1 allows every position."},
            }),
            .make = makeAugmentation<TimeRoll>};
}

TimeRoll::TimeRoll(const Json& values) : m_maxShare(values.at("max_share")) {}

void TimeRoll::apply(SpectrogramGrid& grid, const FrontEnd&, RandomStream& random) const
{
    if (grid.frames == 0)
        return;
    const auto reach = std::max<int64_t>(1, static_cast<int64_t>(m_maxShare * static_cast<double>(grid.frames)));
    const FrameIndex shift = random.below(reach);
    for (int mel = 0; mel < grid.mels; ++mel) {
        const auto row = grid.row(mel);
        std::rotate(row.begin(), row.end() - shift, row.end());
    }
}

} // namespace melscope
