// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/TimeStretch.h"

#include "augment/waveform/PhaseVocoder.h"
#include "augment/waveform/Placement.h"

namespace melscope {

AugmentationInfo TimeStretch::info()
{
    return {.name = "time_stretch", .stage = AugmentationStage::Waveform, .title = "Time stretch",
            .help = "Makes the sound longer (above 1) or shorter, and keeps its pitch: slow and fast footsteps, "
                    "birds and bells are the same kind.",
            .schema = ParameterSchema({
                {.key = "min_stretch", .label = "Shortest", .defaultValue = 0.8, .minimum = 0.25, .maximum = 4.0,
                 .help = "Drawn evenly in ratios between the two. 0.8 makes 5 s last 4 s.", .logarithmic = true},
                {.key = "max_stretch", .label = "Longest", .defaultValue = 1.25, .minimum = 0.25, .maximum = 4.0,
                 .help = "1.25 makes 4 s last 5 s. Beyond 1.5 sounds get watery.", .logarithmic = true},
                Placement::parameter(),
            }),
            .make = makeAugmentation<TimeStretch>};
}

TimeStretch::TimeStretch(const Json& values)
    : m_stretch(ParameterRange::of("stretch", values)), m_placement(values.at("placement"))
{
}

void TimeStretch::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const double stretch = m_stretch.drawRatio(random);
    const Placement placement = Placement::draw(m_placement, samples.size(), stretch, random);
    placement.put(stretched(placement.taken(samples), stretch, placement.count, context.sampleRate), samples);
}

} // namespace melscope
