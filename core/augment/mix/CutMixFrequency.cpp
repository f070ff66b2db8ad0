// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/mix/CutMixFrequency.h"

#include "augment/mix/MixTools.h"

#include <algorithm>

namespace melscope {

AugmentationInfo CutMixFrequency::info()
{
    return {.name = "cutmix_frequency", .stage = AugmentationStage::Mix, .title = "CutMix in frequency",
            .help = "Replaces a band of mel rows by the same band of another clip, so that no class can be told by one band alone. "
                    "The label is shared as the rows are.",
            .schema = ParameterSchema({mixAlphaParameter(1.0)}),
            .make = makeAugmentation<CutMixFrequency>};
}

CutMixFrequency::CutMixFrequency(const Json& values) : m_alpha(values.at("alpha")) {}

double CutMixFrequency::mix(SpectrogramGrid& grid, const SpectrogramGrid& partner, RandomStream& random) const
{
    const CutMixStretch cut = drawCutMix(grid.mels, m_alpha, random);
    std::copy_n(partner.values.begin() + cut.first * grid.frames, cut.count * grid.frames, grid.values.begin() + cut.first * grid.frames);
    return cut.ownShare;
}

} // namespace melscope
