// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/mix/MixTools.h"

#include <algorithm>
#include <cmath>

namespace melscope {

Parameter mixAlphaParameter(double defaultValue)
{
    return {.key = "alpha", .label = "Alpha", .defaultValue = defaultValue, .minimum = 0.05, .maximum = 10.0,
            .help = "Shares are drawn from Beta(alpha, alpha): far below 1 one clip dominates, at 1 every share is as likely, above 1 halves "
                    "are the rule.",
            .logarithmic = true};
}

void blend(std::vector<float>& values, const std::vector<float>& partner, double own, double other)
{
    const auto a = static_cast<float>(own);
    const auto b = static_cast<float>(other);
    std::ranges::transform(values, partner, values.begin(), [a, b](float x, float y) { return a * x + b * y; });
}

CutMixStretch drawCutMix(int64_t size, double alpha, RandomStream& random)
{
    const int64_t count = std::llround((1.0 - random.beta(alpha)) * static_cast<double>(size));
    const int64_t first = random.below(size - count + 1);
    return {.first = first, .count = count, .ownShare = static_cast<double>(size - count) / static_cast<double>(std::max<int64_t>(size, 1))};
}

} // namespace melscope
