// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/mix/Mixup.h"

#include "augment/mix/MixTools.h"

namespace melscope {

AugmentationInfo Mixup::info()
{
    return {.name = "mixup", .stage = AugmentationStage::Mix, .title = "Mixup",
            .help = "Adds another clip at a random share, and shares the label alike. The network learns that sounds overlap, and answers less "
                    "rashly between classes.",
            .schema = ParameterSchema({mixAlphaParameter(0.4)}),
            .make = makeAugmentation<Mixup>};
}

Mixup::Mixup(const Json& values) : m_alpha(values.at("alpha")) {}

double Mixup::mix(std::vector<float>& samples, const std::vector<float>& partner, int, RandomStream& random) const
{
    const double share = random.beta(m_alpha);
    blend(samples, partner, share, 1.0 - share);
    return share;
}

} // namespace melscope
