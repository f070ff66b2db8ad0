// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/mix/SpectrogramMixup.h"

#include "augment/mix/MixTools.h"

namespace melscope {

AugmentationInfo SpectrogramMixup::info()
{
    return {.name = "spectrogram_mixup", .stage = AugmentationStage::Mix, .title = "Mixup of spectrograms",
            .help = "Mixes the decibels of two clips rather than their sounds: not what both would sound like together, but at next to no cost, "
                    "as spectrograms are ready made.",
            .schema = ParameterSchema({mixAlphaParameter(0.4)}),
            .make = makeAugmentation<SpectrogramMixup>};
}

SpectrogramMixup::SpectrogramMixup(const Json& values) : m_alpha(values.at("alpha")) {}

double SpectrogramMixup::mix(SpectrogramGrid& grid, const SpectrogramGrid& partner, RandomStream& random) const
{
    const double share = random.beta(m_alpha);
    blend(grid.values, partner.values, share, 1.0 - share);
    return share;
}

} // namespace melscope
