// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/TimeShift.h"

#include <algorithm>

namespace melscope {

AugmentationInfo TimeShift::info()
{
    return {.name = "time_shift", .stage = AugmentationStage::Waveform, .title = "Cyclic time shift",
            .help = "Moves the sound in time; what leaves at the end returns at the beginning. When a sound happens rarely tells what it is.",
            .schema = ParameterSchema({
                {.key = "max_share", .label = "Largest shift", .defaultValue = 1.0, .minimum = 0.0, .maximum = 1.0,
                 .help = "Largest cyclic shift as a share of the clip; 1 allows every position."},
            }),
            .make = makeAugmentation<TimeShift>};
}

TimeShift::TimeShift(const Json& values) : m_maxShare(values.at("max_share")) {}

void TimeShift::apply(std::vector<float>& samples, const Context&, RandomStream& random) const
{
    const auto reach = std::max<int64_t>(1, static_cast<int64_t>(m_maxShare * static_cast<double>(samples.size())));
    const int64_t shift = random.below(reach);
    // Whole copies are twice as fast as std::rotate; the shorter part steps aside, into memory that the thread keeps.
    static thread_local std::vector<float> aside;
    const auto joint = samples.end() - shift;
    if (2 * shift <= static_cast<int64_t>(samples.size())) {
        aside.assign(joint, samples.end());
        std::copy_backward(samples.begin(), joint, samples.end());
        std::ranges::copy(aside, samples.begin());
    } else {
        aside.assign(samples.begin(), joint);
        std::copy(joint, samples.end(), samples.begin());
        std::ranges::copy(aside, samples.begin() + shift);
    }
}

} // namespace melscope
