// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/BitCrush.h"

#include "augment/waveform/WaveformKernels.h"
#include "augment/waveform/WaveformLevels.h"

#include <algorithm>

namespace melscope {

AugmentationInfo BitCrush::info()
{
    using Type = Parameter::Type;
    return {.name = "bit_crush", .stage = AugmentationStage::Waveform, .title = "Bit crush",
            .help = "Fewer bits and fewer samples, as old or cheap devices have them: soft parts turn to noise, high ones to mirrored tones.",
            .schema = ParameterSchema({
                {.key = "min_bits", .label = "Fewest bits", .type = Type::Integer, .unit = "bits", .defaultValue = 5, .minimum = 2, .maximum = 16,
                 .help = "Drawn evenly between the two. 5 bits are 31 levels over the clip's own range; each bit less brings 6 dB more noise."},
                {.key = "max_bits", .label = "Most bits", .type = Type::Integer, .unit = "bits", .defaultValue = 10, .minimum = 2, .maximum = 16,
                 .help = "16 bits are what a CD has."},
                {.key = "min_hold", .label = "Shortest hold", .type = Type::Integer, .unit = "samples", .defaultValue = 1, .minimum = 1,
                 .maximum = 32, .help = "Every sample is held for so many, drawn evenly between the two; 1 keeps each."},
                {.key = "max_hold", .label = "Longest hold", .type = Type::Integer, .unit = "samples", .defaultValue = 4, .minimum = 1,
                 .maximum = 32, .help = "Holding for 4 samples at 44.1 kHz sounds like 11 kHz without a filter."},
            }),
            .make = makeAugmentation<BitCrush>};
}

BitCrush::BitCrush(const Json& values) : m_bits(ParameterRange::of("bits", values)), m_hold(ParameterRange::of("hold", values)) {}

void BitCrush::apply(std::vector<float>& samples, const Context&, RandomStream& random) const
{
    const int64_t bits = m_bits.drawWhole(random);
    const auto hold = static_cast<size_t>(m_hold.drawWhole(random));
    for (size_t first = 0; hold > 1 && first < samples.size(); first += hold)
        std::ranges::fill(std::span(samples).subspan(first, std::min(hold, samples.size() - first)), samples[first]);
    const float peak = kernels::peak(samples);
    if (static_cast<double>(peak) > silentAmplitude)
        kernels::quantise(samples, peak / static_cast<float>((int64_t{1} << (bits - 1)) - 1));
}

} // namespace melscope
