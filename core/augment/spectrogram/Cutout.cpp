// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/Cutout.h"

#include "augment/spectrogram/GridTools.h"

#include <algorithm>

namespace melscope {

AugmentationInfo Cutout::info()
{
    return {.name = "cutout", .stage = AugmentationStage::Spectrogram, .title = "Cutout",
            .help = "Hides rectangles of time and frequency. Unlike a mask across the whole spectrogram, each leaves the rest of its moment and "
                    "of its band to be seen.",
            .schema = ParameterSchema({
                {.key = "rectangles", .label = "Rectangles", .type = Parameter::Type::Integer, .defaultValue = 4, .minimum = 1, .maximum = 32,
                 .help = "Number of hidden rectangles. They may overlap."},
                {.key = "time_share", .label = "Longest rectangle", .defaultValue = 0.2, .minimum = 0.0, .maximum = 1.0,
                 .help = "Longest side in time, as a share of the clip. Each side is drawn evenly from 0 up to it."},
                {.key = "frequency_share", .label = "Highest rectangle", .defaultValue = 0.25, .minimum = 0.0, .maximum = 1.0,
                 .help = "Longest side in frequency, as a share of all mel rows."},
            }),
            .make = makeAugmentation<Cutout>};
}

Cutout::Cutout(const Json& values)
    : m_rectangles(values.at("rectangles")), m_timeShare(values.at("time_share")), m_frequencyShare(values.at("frequency_share"))
{
}

void Cutout::apply(SpectrogramGrid& grid, const FrontEnd&, RandomStream& random) const
{
    const float mean = meanValue(grid);
    for (int i = 0; i < m_rectangles; ++i) {
        const Stretch rows = drawStretch(grid.mels, m_frequencyShare, random);
        const Stretch frames = drawStretch(grid.frames, m_timeShare, random);
        for (int64_t row = rows.first; row < rows.first + rows.count; ++row)
            std::fill_n(grid.row(static_cast<int>(row)).begin() + frames.first, frames.count, mean);
    }
}

} // namespace melscope
