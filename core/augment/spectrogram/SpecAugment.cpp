// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/SpecAugment.h"

#include <algorithm>
#include <numeric>

namespace melscope {
namespace {

struct Range
{
    int64_t first = 0;
    int64_t count = 0;
};

Range drawMask(int64_t size, double widestShare, RandomStream& random)
{
    const auto widest = static_cast<int64_t>(widestShare * static_cast<double>(size));
    const int64_t count = random.below(widest + 1);
    return {.first = random.below(size - count + 1), .count = count};
}

} // namespace

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
    if (grid.values.empty())
        return;
    const double sum = std::accumulate(grid.values.begin(), grid.values.end(), 0.0);
    const auto mean = static_cast<float>(sum / static_cast<double>(grid.values.size()));
    for (int i = 0; i < m_frequencyMasks; ++i) {
        const Range mask = drawMask(grid.mels, m_frequencyShare, random);
        std::fill_n(grid.values.begin() + mask.first * grid.frames, mask.count * grid.frames, mean);
    }
    for (int i = 0; i < m_timeMasks; ++i) {
        const Range mask = drawMask(grid.frames, m_timeShare, random);
        for (int mel = 0; mel < grid.mels; ++mel)
            std::fill_n(grid.row(mel).begin() + mask.first, mask.count, mean);
    }
}

} // namespace melscope
