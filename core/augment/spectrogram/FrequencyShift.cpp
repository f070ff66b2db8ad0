// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/FrequencyShift.h"

#include <algorithm>

namespace melscope {

AugmentationInfo FrequencyShift::info()
{
    return {.name = "frequency_shift", .stage = AugmentationStage::Spectrogram, .title = "Frequency shift",
            .help = "Moves the whole spectrogram up or down by a few mel rows, as if the source were smaller or larger. Next to no cost, where a "
                    "pitch shift of the samples is dear.",
            .schema = ParameterSchema({
                {.key = "max_rows", .label = "Largest shift", .type = Parameter::Type::Integer, .unit = "rows", .defaultValue = 4, .minimum = 0,
                 .maximum = 64, .help = "Largest shift in mel rows, up or down. How many hertz a row spans depends on the number of mel bands."},
            }),
            .make = makeAugmentation<FrequencyShift>};
}

FrequencyShift::FrequencyShift(const Json& values) : m_maxRows(values.at("max_rows")) {}

void FrequencyShift::apply(SpectrogramGrid& grid, const FrontEnd&, RandomStream& random) const
{
    if (grid.values.empty())
        return;
    const int64_t reach = std::min(m_maxRows, grid.mels - 1);
    const int64_t shift = random.below(2 * reach + 1) - reach;
    const auto begin = grid.values.begin();
    const auto end = grid.values.end();
    if (shift > 0) {
        std::copy_backward(begin, end - shift * grid.frames, end);
        for (int64_t row = 1; row < shift; ++row)
            std::copy_n(begin, grid.frames, begin + row * grid.frames);
    } else {
        std::copy(begin - shift * grid.frames, end, begin);
        for (int64_t row = grid.mels + shift; row < grid.mels - 1; ++row)
            std::copy_n(end - grid.frames, grid.frames, begin + row * grid.frames);
    }
}

} // namespace melscope
