// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationBenchmark.h"

#include "spectral/SpectrogramExtractor.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>

namespace melscope {
namespace {

std::vector<float> noise(SampleIndex length, uint64_t seed)
{
    std::vector<float> samples(static_cast<size_t>(length));
    RandomStream({.seed = seed}).normals(samples);
    for (float& sample : samples)
        sample *= 0.1f;
    return samples;
}

double secondsOf(const auto& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// What an augmentation acts on, and a second one where it needs it.
struct Material
{
    std::vector<float> samples;
    std::vector<float> otherSamples;
    SpectrogramGrid grid;
    SpectrogramGrid otherGrid;
    FrontEnd frontEnd;
};

/// Seconds that one change of a fresh copy takes.
using Timed = std::function<double(RandomStream& random)>;

template<typename Value>
Timed timedOn(const Value& original, std::function<void(Value&, RandomStream&)> change)
{
    return [original, work = original, change = std::move(change)](RandomStream& random) mutable {
        work = original;
        return secondsOf([&] { change(work, random); });
    };
}

Timed timedChange(const Augmentation& augmentation, const Material& material)
{
    if (const auto* onSamples = dynamic_cast<const WaveformAugmentation*>(&augmentation)) {
        const WaveformAugmentation::Context context{.sampleRate = material.frontEnd.sampleRate,
                                                    .drawClip = [&](RandomStream&) { return SharedValues{.values = material.otherSamples}; }};
        return timedOn<std::vector<float>>(material.samples, [=](auto& samples, RandomStream& random) { onSamples->apply(samples, context, random); });
    }
    if (const auto* onGrid = dynamic_cast<const SpectrogramAugmentation*>(&augmentation))
        return timedOn<SpectrogramGrid>(material.grid, [=, &material](auto& grid, RandomStream& random) {
            onGrid->apply(grid, material.frontEnd, random);
        });
    if (const auto* mixing = dynamic_cast<const WaveformMixing*>(&augmentation))
        return timedOn<std::vector<float>>(material.samples, [=, &material](auto& samples, RandomStream& random) {
            mixing->mix(samples, material.otherSamples, material.frontEnd.sampleRate, random);
        });
    const auto& mixing = dynamic_cast<const SpectrogramMixing&>(augmentation);
    return timedOn<SpectrogramGrid>(material.grid, [&](auto& grid, RandomStream& random) { mixing.mix(grid, material.otherGrid, random); });
}

} // namespace

AugmentationSpeed measureAugmentationSpeed(const AugmentationInfo& info, int clips)
{
    const SpectrogramExtractor extractor(FrontEnd::preset("esc"));
    Material material{.samples = noise(extractor.frontEnd().clipLength(), 1), .otherSamples = noise(extractor.frontEnd().clipLength(), 2),
                      .frontEnd = extractor.frontEnd()};
    material.grid = extractor.compute(material.samples);
    material.otherGrid = extractor.compute(material.otherSamples);
    const auto augmentation = info.make(info.schema.defaults());
    const Timed timed = timedChange(*augmentation, material);

    std::array<double, 5> seconds{}, ratios{};
    const int perTurn = std::max(1, clips / static_cast<int>(seconds.size()));
    for (size_t turn = 0; turn < seconds.size(); ++turn) {
        double logMels = 0.0;
        double changes = 0.0;
        for (int i = 0; i < perTurn; ++i) {
            logMels += secondsOf([&] { extractor.compute(material.samples); });
            RandomStream random({.epoch = turn, .clip = static_cast<uint64_t>(i)});
            changes += timed(random);
        }
        seconds[turn] = changes / perTurn;
        ratios[turn] = logMels / changes;
    }
    const auto median = [](auto& values) {
        std::ranges::nth_element(values, values.begin() + values.size() / 2);
        return values[values.size() / 2];
    };
    return {.clipsPerSecond = 1.0 / median(seconds), .inLogMels = median(ratios)};
}

} // namespace melscope
