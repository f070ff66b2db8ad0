// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/mix/CutMixTime.h"

#include "augment/mix/MixTools.h"

#include <algorithm>

namespace melscope {

AugmentationInfo CutMixTime::info()
{
    return {.name = "cutmix_time", .stage = AugmentationStage::Mix, .title = "CutMix in time",
            .help = "Replaces a stretch of time by the same stretch of another clip: first one sound, then another. The label is "
                    "shared as the time is.",
            .schema = ParameterSchema({mixAlphaParameter(1.0)}),
            .make = makeAugmentation<CutMixTime>};
}

CutMixTime::CutMixTime(const Json& values) : m_alpha(values.at("alpha")) {}

double CutMixTime::mix(SpectrogramGrid& grid, const SpectrogramGrid& partner, RandomStream& random) const
{
    const CutMixStretch cut = drawCutMix(grid.frames, m_alpha, random);
    for (int mel = 0; mel < grid.mels; ++mel)
        std::copy_n(partner.row(mel).begin() + cut.first, cut.count, grid.row(mel).begin() + cut.first);
    return cut.ownShare;
}

} // namespace melscope
