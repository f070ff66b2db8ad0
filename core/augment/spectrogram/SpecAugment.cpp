// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/SpecAugment.h"

#include "augment/spectrogram/GridTools.h"

#include <algorithm>

namespace melscope {

AugmentationInfo SpecAugment::info()
{
    return {.name = "spec_augment", .stage = AugmentationStage::Spectrogram, .title = "Time and frequency masks",
            .help = "Hides stretches of time and bands of frequency (SpecAugment), so that the network cannot rely on one place alone.",
            .schema = ParameterSchema({
                {.key = "time_masks", .label = "Time masks", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 0, .maximum = 8,
                 .help = "Number of masked stretches of time."},
                {.key = "time_share", .label = "Widest time mask", .defaultValue = 0.15, .minimum = 0.0, .maximum = 1.0,
                 .help = "Widest stretch as a share of the clip."},
                {.key = "frequency_masks", .label = "Frequency masks", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 0,
                 .maximum = 8, .help = "Number of masked frequency bands."},
                {.key = "frequency_share", .label = "Widest frequency mask", .defaultValue = 0.19, .minimum = 0.0, .maximum = 1.0,
                 .help = "Widest band as a share of all mel rows."},
            }),
            .make = makeAugmentation<SpecAugment>};
}

SpecAugment::SpecAugment(const Json& values)
    : m_timeMasks(values.at("time_masks")), m_timeShare(values.at("time_share")), m_frequencyMasks(values.at("frequency_masks")),
      m_frequencyShare(values.at("frequency_share"))
{
}

void SpecAugment::apply(SpectrogramGrid& grid, const FrontEnd&, RandomStream& random) const
{
    const float mean = meanValue(grid);
    for (int i = 0; i < m_frequencyMasks; ++i) {
        const Stretch rows = drawStretch(grid.mels, m_frequencyShare, random);
        std::fill_n(grid.values.begin() + rows.first * grid.frames, rows.count * grid.frames, mean);
    }
    for (int i = 0; i < m_timeMasks; ++i) {
        const Stretch frames = drawStretch(grid.frames, m_timeShare, random);
        for (int mel = 0; mel < grid.mels; ++mel)
            std::fill_n(grid.row(mel).begin() + frames.first, frames.count, mean);
    }
}

} // namespace melscope
