// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/BackgroundMix.h"

#include "augment/waveform/WaveformLevels.h"

namespace melscope {

AugmentationInfo BackgroundMix::info()
{
    return {.name = "background", .stage = AugmentationStage::Waveform, .title = "Background from another clip",
            .help = "Adds another clip of the dataset softly, as a sound of the real world would be heard. The label stays.",
            .schema = ParameterSchema({
                {.key = "min_snr", .label = "Lowest signal-to-noise ratio", .unit = "dB", .defaultValue = 6.0, .minimum = -30.0, .maximum = 100.0,
                 .help = "The ratio is drawn evenly between the two; at 0 dB the other clip is as loud as this one, and nobody could say "
                         "whose the label is."},
                {.key = "max_snr", .label = "Highest signal-to-noise ratio", .unit = "dB", .defaultValue = 24.0, .minimum = -30.0, .maximum = 100.0,
                 .help = "At 24 dB the other clip is far in the background."},
            }),
            .make = makeAugmentation<BackgroundMix>};
}

BackgroundMix::BackgroundMix(const Json& values) : m_snr(ParameterRange::of("snr", values)) {}

void BackgroundMix::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const double snr = m_snr.draw(random);
    const SharedValues other = context.drawClip(random);
    if (other.values.size() == samples.size())
        addAtSnr(samples, other.values, snr);
}

} // namespace melscope
