// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/mix/BetweenClass.h"

#include "augment/mix/MixTools.h"

#include <cmath>

namespace melscope {

AugmentationInfo BetweenClass::info()
{
    return {.name = "between_class", .stage = AugmentationStage::Mix, .title = "Between-class mix",
            .help = "Mixes in a clip of another class so that both are heard as loud as the label says (A-weighted levels). Of all "
                    "augmentations the one that helps most when training from scratch.",
            .schema = ParameterSchema(),
            .make = makeAugmentation<BetweenClass>};
}

BetweenClass::BetweenClass(const Json&) {}

double BetweenClass::mix(std::vector<float>& samples, const std::vector<float>& partner, int sampleRate, RandomStream& random) const
{
    const double r = random.uniform();
    const AWeightedMeter& levels = meter(sampleRate);
    const double difference = levels.level(samples) - levels.level(partner);
    const double ratio = std::isfinite(difference) ? std::pow(10.0, difference / 20.0) : 1.0;
    const double t = r > 0.0 ? 1.0 / (1.0 + ratio * (1.0 - r) / r) : 0.0;
    const double norm = std::hypot(t, 1.0 - t);
    blend(samples, partner, t / norm, (1.0 - t) / norm);
    return r;
}

const AWeightedMeter& BetweenClass::meter(int sampleRate) const
{
    const std::lock_guard lock(m_mutex);
    std::unique_ptr<const AWeightedMeter>& meter = m_meters[sampleRate];
    if (!meter)
        meter = std::make_unique<const AWeightedMeter>(sampleRate);
    return *meter;
}

} // namespace melscope
