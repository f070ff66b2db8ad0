// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/RandomResizedCrop.h"

#include "augment/spectrogram/GridTools.h"
#include "augment/spectrogram/Interpolation.h"

#include <algorithm>

namespace melscope {
namespace {

/// For each of `size` rows or frames of the result the place it shows, on an axis with one more of the mean at either end.
std::vector<Between> drawAxis(int64_t size, const ParameterRange& share, RandomStream& random)
{
    const auto whole = static_cast<double>(size);
    const double side = std::max(1.0, whole * share.draw(random));
    const double first = random.uniform(std::min(0.0, whole - side), std::max(0.0, whole - side));
    const double step = size > 1 ? (side - 1.0) / (whole - 1.0) : 0.0;
    std::vector<double> positions(static_cast<size_t>(size));
    for (size_t i = 0; i < positions.size(); ++i)
        positions[i] = 1.0 + first + step * static_cast<double>(i);
    return between(positions, size + 2);
}

} // namespace

AugmentationInfo RandomResizedCrop::info()
{
    return {.name = "random_resized_crop", .stage = AugmentationStage::Spectrogram, .title = "Random resized crop",
            .help = "Stretches a random part of the spectrogram to its full size (BYOL-A): pitch, speed and place change together. Among the "
                    "strongest augmentations for contrastive pairs.",
            .schema = ParameterSchema({
                {.key = "min_time", .label = "Smallest crop in time", .defaultValue = 0.6, .minimum = 0.1, .maximum = 2.0,
                 .help = "Shortest crop in time, as a share of the clip."},
                {.key = "max_time", .label = "Largest crop in time", .defaultValue = 1.5, .minimum = 0.1, .maximum = 2.0,
                 .help = "Longest crop in time. Above 1 the clip is squeezed and the rest filled with the mean."},
                {.key = "min_frequency", .label = "Smallest crop in frequency", .defaultValue = 0.6, .minimum = 0.1, .maximum = 2.0,
                 .help = "Smallest crop in frequency, as a share of all mel rows."},
                {.key = "max_frequency", .label = "Largest crop in frequency", .defaultValue = 1.0, .minimum = 0.1, .maximum = 2.0,
                 .help = "Largest crop in frequency. Above 1 the bands are squeezed and the rest filled with the mean."},
            }),
            .make = makeAugmentation<RandomResizedCrop>};
}

RandomResizedCrop::RandomResizedCrop(const Json& values)
    : m_time(ParameterRange::of("time", values)), m_frequency(ParameterRange::of("frequency", values))
{
}

void RandomResizedCrop::apply(SpectrogramGrid& grid, const FrontEnd&, RandomStream& random) const
{
    if (grid.values.empty())
        return;
    const std::vector<Between> frames = drawAxis(grid.frames, m_time, random);
    const std::vector<Between> rows = drawAxis(grid.mels, m_frequency, random);
    const float mean = meanValue(grid);
    const SpectrogramGrid before = grid;
    const std::vector<float> outside(static_cast<size_t>(grid.frames), mean);
    const auto rowOf = [&](int64_t padded) {
        return padded >= 1 && padded <= grid.mels ? before.row(static_cast<int>(padded - 1)) : std::span<const float>(outside);
    };
    std::vector<float> padded(outside.size() + 2, mean);
    for (int mel = 0; mel < grid.mels; ++mel) {
        const auto [index, fraction] = rows[static_cast<size_t>(mel)];
        std::ranges::transform(rowOf(index), rowOf(index + 1), padded.begin() + 1,
                               [fraction](float low, float high) { return low + fraction * (high - low); });
        interpolate(padded, frames, grid.row(mel));
    }
}

} // namespace melscope
