// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/RandomResizedCrop.h"

#include "augment/CropLimit.h"
#include "augment/spectrogram/GridTools.h"
#include "augment/spectrogram/Interpolation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

/// A part of an axis, or the axis and what lies beyond it.
struct Section
{
    double first = 0.0; ///< row or frame
    double side = 1.0;  ///< how many
};

Section drawSection(int64_t size, const ParameterRange& share, RandomStream& random)
{
    const auto whole = static_cast<double>(size);
    const double side = std::max(1.0, whole * share.draw(random));
    return {.first = random.uniform(std::min(0.0, whole - side), std::max(0.0, whole - side)), .side = side};
}

/// For each of `size` rows or frames of the result the place it shows, on an axis with one more of the mean at either end.
std::vector<Between> placesIn(const Section& section, int64_t size)
{
    const double step = size > 1 ? (section.side - 1.0) / static_cast<double>(size - 1) : 0.0;
    std::vector<double> positions(static_cast<size_t>(size));
    for (size_t i = 0; i < positions.size(); ++i)
        positions[i] = 1.0 + section.first + step * static_cast<double>(i);
    return between(positions, size + 2);
}

/// Of all rows together, in each frame.
std::vector<double> energyOfFrames(const SpectrogramGrid& grid, const FrontEnd& frontEnd)
{
    const auto exponent = static_cast<float>(std::log(10.0) / 10.0 / unitsPerDecibel(frontEnd));
    std::vector<double> energy(static_cast<size_t>(grid.frames));
    for (int mel = 0; mel < grid.mels; ++mel)
        std::ranges::transform(energy, grid.row(mel), energy.begin(), [exponent](double sum, float value) {
            return sum + static_cast<double>(std::exp(exponent * value));
        });
    return energy;
}

double energyIn(const Section& section, const std::vector<double>& energyOfFrames)
{
    const auto last = static_cast<int64_t>(energyOfFrames.size()) - 1;
    const auto frameAt = [&](double place) { return energyOfFrames.begin() + std::clamp<int64_t>(std::llround(place), 0, last); };
    return std::accumulate(frameAt(section.first), frameAt(section.first + section.side - 1.0) + 1, 0.0);
}

Section drawFrames(const std::vector<double>& energy, const ParameterRange& share, double minEnergy, RandomStream& random)
{
    const auto frames = static_cast<int64_t>(energy.size());
    const Section whole{.side = static_cast<double>(frames)};
    for (int i = 0; i < CropLimit::tries; ++i) {
        const Section section = drawSection(frames, share, random);
        if (energyIn(section, energy) >= minEnergy * energyIn(whole, energy))
            return section;
    }
    return whole;
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
                CropLimit::parameter(),
            }),
            .make = makeAugmentation<RandomResizedCrop>};
}

RandomResizedCrop::RandomResizedCrop(const Json& values)
    : m_time(ParameterRange::of("time", values)), m_frequency(ParameterRange::of("frequency", values)), m_minEnergy(values.at("least_energy"))
{
}

void RandomResizedCrop::apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const
{
    if (grid.values.empty())
        return;
    const std::vector<Between> frames = placesIn(drawFrames(energyOfFrames(grid, frontEnd), m_time, m_minEnergy, random), grid.frames);
    const std::vector<Between> rows = placesIn(drawSection(grid.mels, m_frequency, random), grid.mels);
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
