// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/TimeRoll.h"

#include <algorithm>

namespace melscope {

const ParameterSchema& TimeRoll::schema()
{
    static const ParameterSchema schema({
        {.key = "probability", .label = "Probability", .defaultValue = 1.0, .minimum = 0.0, .maximum = 1.0,
         .help = "How often a clip is shifted at all."},
        {.key = "max_share", .label = "Largest shift", .defaultValue = 1.0, .minimum = 0.0, .maximum = 1.0,
         .help = "Largest cyclic shift as a share of the clip; 1 allows every position."},
    });
    return schema;
}

TimeRoll::Config TimeRoll::configFrom(const Json& json)
{
    Json values = schema().defaults();
    for (const auto& [key, value] : json.items())
        values[key] = schema().checked(key, value);
    return {.probability = values["probability"], .maxShare = values["max_share"]};
}

Json TimeRoll::toJson() const
{
    return {{"probability", m_config.probability}, {"max_share", m_config.maxShare}};
}

void TimeRoll::apply(SpectrogramGrid& grid, RandomStream& random) const
{
    if (!random.chance(m_config.probability) || grid.frames == 0)
        return;
    const auto reach = std::max<int64_t>(1, static_cast<int64_t>(m_config.maxShare * static_cast<double>(grid.frames)));
    const FrameIndex shift = random.below(reach);
    for (int mel = 0; mel < grid.mels; ++mel) {
        const auto row = grid.row(mel);
        std::rotate(row.begin(), row.end() - shift, row.end());
    }
}

} // namespace melscope
