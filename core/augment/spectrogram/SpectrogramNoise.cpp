// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/SpectrogramNoise.h"

#include <algorithm>

namespace melscope {

AugmentationInfo SpectrogramNoise::info()
{
    return {.name = "spectrogram_noise", .stage = AugmentationStage::Spectrogram, .title = "Spectrogram noise",
            .help = "Adds noise to every value of the spectrogram, loud or quiet, so that the network does not learn its finest grain.",
            .schema = ParameterSchema({
                {.key = "deviation_db", .label = "Standard deviation", .unit = "dB", .defaultValue = 1.0, .minimum = 0.0, .maximum = 20.0,
                 .help = "Two thirds of all values change by less than this. Steady noise itself varies by 5 or 6 dB from frame to frame."},
            }),
            .make = makeAugmentation<SpectrogramNoise>};
}

SpectrogramNoise::SpectrogramNoise(const Json& values) : m_deviationDb(values.at("deviation_db")) {}

void SpectrogramNoise::apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const
{
    const auto deviation = static_cast<float>(unitsPerDecibel(frontEnd) * m_deviationDb);
    std::vector<float> noise(grid.values.size());
    random.normals(noise);
    std::ranges::transform(grid.values, noise, grid.values.begin(), [deviation](float value, float each) { return value + deviation * each; });
}

} // namespace melscope
