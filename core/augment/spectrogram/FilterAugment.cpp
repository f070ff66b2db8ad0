// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/spectrogram/FilterAugment.h"

#include <algorithm>

namespace melscope {

AugmentationInfo FilterAugment::info()
{
    return {.name = "filter_augment", .stage = AugmentationStage::Spectrogram, .title = "Filter augment",
            .help = "Raises and lowers random frequency bands by some dB, as other rooms and microphones would, so that the network does not "
                    "learn the colour of a recording (FilterAugment).",
            .schema = ParameterSchema({
                {.key = "type", .label = "Type", .type = Parameter::Type::Choice, .defaultValue = "linear", .choices = {"step", "linear"},
                 .help = "step: one gain a band. linear: gains at the bands' boundaries, joined by straight lines, which is closer to real rooms."},
                {.key = "min_bands", .label = "Fewest bands", .type = Parameter::Type::Integer, .defaultValue = 3, .minimum = 1, .maximum = 16,
                 .help = "Fewest bands the mel rows are parted into."},
                {.key = "max_bands", .label = "Most bands", .type = Parameter::Type::Integer, .defaultValue = 5, .minimum = 1, .maximum = 16,
                 .help = "Most bands. More bands make a more rugged filter."},
                {.key = "narrowest_band", .label = "Narrowest band", .type = Parameter::Type::Integer, .unit = "rows", .defaultValue = 6, .minimum = 1,
                 .maximum = 32, .help = "Fewest mel rows in a band.", .advanced = true},
                {.key = "max_db", .label = "Largest gain", .unit = "dB", .defaultValue = 6.0, .minimum = 0.0, .maximum = 30.0,
                 .help = "Gains are drawn evenly between minus and plus this much."},
            }),
            .make = makeAugmentation<FilterAugment>};
}

FilterAugment::FilterAugment(const Json& values)
    : m_step(values.at("type") == "step"), m_bands(ParameterRange::of("bands", values)), m_narrowest(values.at("narrowest_band")),
      m_maxDb(values.at("max_db"))
{
}

std::vector<int64_t> FilterAugment::drawBoundaries(int mels, RandomStream& random) const
{
    const int64_t bands = std::min<int64_t>(m_bands.drawWhole(random), mels);
    const int64_t narrowest = std::min<int64_t>(m_narrowest, mels / bands);
    std::vector<int64_t> boundaries;
    for (int64_t i = 1; i < bands; ++i)
        boundaries.push_back(random.below(mels - bands * narrowest + 1));
    std::ranges::sort(boundaries);
    for (size_t i = 0; i < boundaries.size(); ++i)
        boundaries[i] += narrowest * static_cast<int64_t>(i + 1);
    boundaries.insert(boundaries.begin(), 0);
    boundaries.push_back(mels);
    return boundaries;
}

std::vector<double> FilterAugment::drawWeights(int mels, RandomStream& random) const
{
    const std::vector<int64_t> boundaries = drawBoundaries(mels, random);
    std::vector<double> weights;
    double next = random.uniform(-m_maxDb, m_maxDb);
    for (size_t band = 0; band + 1 < boundaries.size(); ++band) {
        const double low = next;
        next = random.uniform(-m_maxDb, m_maxDb);
        const int64_t rows = boundaries[band + 1] - boundaries[band];
        const double slope = m_step || rows < 2 ? 0.0 : (next - low) / static_cast<double>(rows - 1);
        for (int64_t row = 0; row < rows; ++row)
            weights.push_back(low + slope * static_cast<double>(row));
    }
    return weights;
}

void FilterAugment::apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const
{
    if (grid.mels == 0)
        return;
    const std::vector<double> weights = drawWeights(grid.mels, random);
    for (int mel = 0; mel < grid.mels; ++mel) {
        const auto weight = static_cast<float>(unitsPerDecibel(frontEnd) * weights[static_cast<size_t>(mel)]);
        for (float& value : grid.row(mel))
            value += weight;
    }
}

} // namespace melscope
