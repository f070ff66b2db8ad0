// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/LinearFader.h"

#include <algorithm>

namespace melscope {

AugmentationInfo LinearFader::info()
{
    return {.name = "linear_fader", .stage = AugmentationStage::Spectrogram, .title = "Random linear fader",
            .help = "Fades the clip in or out as if the source came nearer or went away: a gain in dB that moves evenly from its beginning to "
                    "its end.",
            .schema = ParameterSchema({
                {.key = "max_db", .label = "Largest gain", .unit = "dB", .defaultValue = 6.0, .minimum = 0.0, .maximum = 40.0,
                 .help = "The gains at the beginning and at the end are drawn evenly between minus and plus this much."},
            }),
            .make = makeAugmentation<LinearFader>};
}

LinearFader::LinearFader(const Json& values) : m_maxDb(values.at("max_db")) {}

void LinearFader::apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const
{
    const double scale = unitsPerDecibel(frontEnd);
    const double head = scale * random.uniform(-m_maxDb, m_maxDb);
    const double tail = scale * random.uniform(-m_maxDb, m_maxDb);
    const double step = (tail - head) / static_cast<double>(std::max<FrameIndex>(1, grid.frames - 1));
    std::vector<float> gains(static_cast<size_t>(grid.frames));
    for (size_t frame = 0; frame < gains.size(); ++frame)
        gains[frame] = static_cast<float>(head + step * static_cast<double>(frame));
    for (int mel = 0; mel < grid.mels; ++mel)
        std::ranges::transform(grid.row(mel), gains, grid.row(mel).begin(), std::plus());
}

} // namespace melscope
