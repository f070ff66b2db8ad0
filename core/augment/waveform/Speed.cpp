// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Speed.h"

#include "audio/Resampler.h"
#include "augment/waveform/Placement.h"

namespace melscope {

AugmentationInfo Speed::info()
{
    return {.name = "speed", .stage = AugmentationStage::Waveform, .title = "Speed",
            .help = "Plays the clip faster (above 1) or slower, like a tape: pitch and length change together. "
                    "Larger and smaller sources of the same kind sound like this.",
            .schema = ParameterSchema({
                {.key = "min_speed", .label = "Lowest speed", .defaultValue = 0.9, .minimum = 0.25, .maximum = 4.0,
                 .help = "Drawn evenly in ratios between the two. 0.9 is 10 % slower and 1.8 semitones lower.", .logarithmic = true},
                {.key = "max_speed", .label = "Highest speed", .defaultValue = 1.1, .minimum = 0.25, .maximum = 4.0,
                 .help = "1.1 is 10 % faster and 1.7 semitones higher.", .logarithmic = true},
                Placement::parameter(),
            }),
            .make = makeAugmentation<Speed>};
}

Speed::Speed(const Json& values)
    : m_speed(ParameterRange::of("speed", values)), m_placement(values.at("placement"))
{
}

void Speed::apply(std::vector<float>& samples, const Context&, RandomStream& random) const
{
    const double speed = m_speed.drawRatio(random);
    const Placement placement = Placement::draw(m_placement, samples.size(), 1.0 / speed, random);
    placement.put(resampleBy(placement.taken(samples), speed, placement.count), samples);
}

} // namespace melscope
