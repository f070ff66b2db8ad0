// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/RandomCrop.h"

#include "augment/CropLimit.h"
#include "augment/waveform/WaveformKernels.h"
#include "augment/waveform/WaveformLevels.h"

#include <algorithm>

namespace melscope {
namespace {

constexpr int fadesPerSecond = 200; // 5 ms

void move(std::vector<float>& samples, int64_t from, int64_t kept, int64_t to, int sampleRate)
{
    const auto begin = samples.begin();
    if (to <= from)
        std::copy(begin + from, begin + from + kept, begin + to);
    else
        std::copy_backward(begin + from, begin + from + kept, begin + to + kept);
    std::fill(begin, begin + to, 0.0f);
    std::fill(begin + to + kept, samples.end(), 0.0f);
    const auto fade = static_cast<size_t>(std::min<int64_t>(kept / 2, sampleRate / fadesPerSecond));
    const std::span<float> stretch = std::span(samples).subspan(static_cast<size_t>(to), static_cast<size_t>(kept));
    fadeIn(stretch.first(fade));
    fadeOut(stretch.last(fade));
}

} // namespace

AugmentationInfo RandomCrop::info()
{
    return {.name = "random_crop", .stage = AugmentationStage::Waveform, .title = "Random crop and pad",
            .help = "Keeps a random stretch of the clip and puts it at a random place; the rest becomes silence. The network must do with a part "
                    "of the sound, wherever it is.",
            .schema = ParameterSchema({
                {.key = "min_share", .label = "Shortest stretch", .defaultValue = 0.6, .minimum = 0.01, .maximum = 1.0,
                 .help = "The kept share of the clip is drawn evenly between the two."},
                {.key = "max_share", .label = "Longest stretch", .defaultValue = 1.0, .minimum = 0.01, .maximum = 1.0,
                 .help = "1 is the whole clip, which then stays as it is."},
                CropLimit::parameter(),
            }),
            .make = makeAugmentation<RandomCrop>};
}

RandomCrop::RandomCrop(const Json& values) : m_share(ParameterRange::of("share", values)), m_minEnergy(values.at("least_energy")) {}

void RandomCrop::apply(std::vector<float>& samples, const Context& context, RandomStream& random) const
{
    const auto length = static_cast<int64_t>(samples.size());
    const double leastEnergy = m_minEnergy * kernels::sumOfSquares(samples);
    for (int i = 0; i < CropLimit::tries; ++i) {
        const auto kept = static_cast<int64_t>(std::ceil(m_share.draw(random) * static_cast<double>(length)));
        const int64_t from = random.below(length - kept + 1);
        const int64_t to = random.below(length - kept + 1);
        if (kept == length)
            return;
        if (kernels::sumOfSquares(std::span(samples).subspan(static_cast<size_t>(from), static_cast<size_t>(kept))) >= leastEnergy)
            return move(samples, from, kept, to, context.sampleRate);
    }
}

} // namespace melscope
