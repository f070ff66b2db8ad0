// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/Placement.h"

#include <algorithm>
#include <cmath>

namespace melscope {

Parameter Placement::parameter()
{
    return {.key = "placement", .label = "Where", .type = Parameter::Type::Choice, .defaultValue = "random", .choices = {"random", "start"},
            .help = "The clip keeps its length. random: any part of the longer sound, or the shorter sound anywhere in silence; "
                    "start: both from the beginning."};
}

Placement Placement::draw(const std::string& placement, size_t samples, double factor, RandomStream& random)
{
    const auto all = static_cast<double>(samples);
    const size_t length = std::min(samples, static_cast<size_t>(std::ceil(all / factor)));
    const size_t count = std::min(samples, static_cast<size_t>(std::ceil(all * factor)));
    const auto upTo = [&](size_t last) { return static_cast<size_t>(random.below(static_cast<int64_t>(last) + 1)); };
    if (placement == "start")
        return {.from = 0, .length = length, .to = 0, .count = count};
    return {.from = upTo(samples - length), .length = length, .to = upTo(samples - count), .count = count};
}

void Placement::put(const std::vector<float>& sound, std::vector<float>& samples) const
{
    std::fill(samples.begin(), samples.end(), 0.0f);
    std::copy_n(sound.begin(), count, samples.begin() + static_cast<ptrdiff_t>(to));
}

} // namespace melscope
