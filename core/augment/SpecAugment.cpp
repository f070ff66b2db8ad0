// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/SpecAugment.h"

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

const ParameterSchema& SpecAugment::schema()
{
    static const ParameterSchema schema({
        {.key = "probability", .label = "Probability", .defaultValue = 1.0, .minimum = 0.0, .maximum = 1.0,
         .help = "How often a clip is masked at all."},
        {.key = "time_masks", .label = "Time masks", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 0, .maximum = 8,
         .help = "Number of masked stretches of time."},
        {.key = "time_share", .label = "Widest time mask", .defaultValue = 0.15, .minimum = 0.0, .maximum = 1.0,
         .help = "Widest stretch as a share of the clip."},
        {.key = "frequency_masks", .label = "Frequency masks", .type = Parameter::Type::Integer, .defaultValue = 2, .minimum = 0, .maximum = 8,
         .help = "Number of masked frequency bands."},
        {.key = "frequency_share", .label = "Widest frequency mask", .defaultValue = 0.19, .minimum = 0.0, .maximum = 1.0,
         .help = "Widest band as a share of all mel rows."},
    });
    return schema;
}

SpecAugment::Config SpecAugment::configFrom(const Json& json)
{
    Json values = schema().defaults();
    for (const auto& [key, value] : json.items())
        values[key] = schema().checked(key, value);
    return {.probability = values["probability"], .timeMasks = values["time_masks"], .timeShare = values["time_share"],
            .frequencyMasks = values["frequency_masks"], .frequencyShare = values["frequency_share"]};
}

Json SpecAugment::toJson() const
{
    return {{"probability", m_config.probability}, {"time_masks", m_config.timeMasks}, {"time_share", m_config.timeShare},
            {"frequency_masks", m_config.frequencyMasks}, {"frequency_share", m_config.frequencyShare}};
}

void SpecAugment::apply(SpectrogramGrid& grid, RandomStream& random) const
{
    if (!random.chance(m_config.probability) || grid.values.empty())
        return;
    const double sum = std::accumulate(grid.values.begin(), grid.values.end(), 0.0);
    const auto mean = static_cast<float>(sum / static_cast<double>(grid.values.size()));
    for (int i = 0; i < m_config.frequencyMasks; ++i) {
        const Range mask = drawMask(grid.mels, m_config.frequencyShare, random);
        std::fill_n(grid.values.begin() + mask.first * grid.frames, mask.count * grid.frames, mean);
    }
    for (int i = 0; i < m_config.timeMasks; ++i) {
        const Range mask = drawMask(grid.frames, m_config.timeShare, random);
        for (int mel = 0; mel < grid.mels; ++mel)
            std::fill_n(grid.row(mel).begin() + mask.first, mask.count, mean);
    }
}

} // namespace melscope
