// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ExamplePipeline.h"

#include "base/Error.h"

#include <optional>
#include <utility>

namespace melscope {
namespace {

// Entry i of a stage draws from stream (first of the stage) + i.
constexpr uint64_t firstStream(AugmentationStage stage)
{
    return 1 + 1000 * static_cast<uint64_t>(stage);
}

// A partner's own draws have a seed that no run gives.
constexpr uint64_t partnerSeedStream = 0x706172746E6572ull;

RandomStream streamOf(const Draw& draw, uint64_t index)
{
    return RandomStream({.seed = draw.seed, .epoch = draw.epoch, .clip = static_cast<uint64_t>(draw.clip), .index = index});
}

Draw partnerDraw(const Draw& draw, int partner)
{
    return {.seed = streamOf(draw, partnerSeedStream).bits(), .epoch = draw.epoch, .clip = partner};
}

/// Calls act(entry, stream) for what acts under this draw, in order, until it returns true.
template<typename Act>
void forEachActing(const AugmentationChain& chain, AugmentationStage stage, const Draw& draw, const Act& act)
{
    const std::vector<ChainEntry>& entries = chain.entries(stage);
    for (size_t i = 0; i < entries.size(); ++i) {
        if (!canAct(entries[i]))
            continue;
        RandomStream random = streamOf(draw, firstStream(stage) + i);
        if (random.chance(entries[i].probability) && act(entries[i], random))
            return;
    }
}

} // namespace

struct ExamplePipeline::Sound
{
    std::vector<float> samples; // empty where nobody needs them
    bool changed = false;       // no longer the source's samples
};

ExamplePipeline::ExamplePipeline(std::shared_ptr<const SpectrogramExtractor> extractor, ClipSource source, AugmentationChain chain)
    : m_extractor(std::move(extractor)), m_source(std::move(source)), m_chain(std::move(chain)), m_needsSamples(m_chain.needsSamples())
{
    if (m_needsSamples && !m_source.samples)
        throw Error(ErrorKind::Internal, "A chain that acts on samples needs a source that has them.");
}

GridShape ExamplePipeline::gridShape() const
{
    return m_source.gridShape.value_or(GridShape{.rows = frontEnd().mels, .columns = frontEnd().frames()});
}

Example ExamplePipeline::make(const Draw& draw, Keep keep) const
{
    Example example;
    const bool needsSound = m_needsSamples || keep == Keep::Samples;
    Sound sound = makeSound(draw, needsSound);
    const SpectrogramMixing* later = nullptr;
    std::optional<RandomStream> laterRandom;
    forEachActing(m_chain, AugmentationStage::Mix, draw, [&](const ChainEntry& entry, RandomStream& random) {
        const bool ofOtherClass = static_cast<const Mixing&>(*entry.augmentation).wantsOtherClass();
        example.partner = drawPartner(draw.clip, ofOtherClass, random);
        if (example.partner < 0)
            return false; // the next may do with a partner of the clip's own class
        example.mixing = entry.info->name;
        if (const auto* now = dynamic_cast<const WaveformMixing*>(entry.augmentation.get())) {
            const Sound partner = makeSound(partnerDraw(draw, example.partner), true);
            example.ownShare = now->mix(sound.samples, partner.samples, frontEnd().sampleRate, random);
            sound.changed = true;
        } else {
            later = dynamic_cast<const SpectrogramMixing*>(entry.augmentation.get());
            laterRandom = random;
        }
        return true;
    });
    example.grid = makeGrid(draw, sound);
    if (later) {
        const Draw ofPartner = partnerDraw(draw, example.partner);
        const SpectrogramGrid partner = makeGrid(ofPartner, makeSound(ofPartner, m_needsSamples));
        example.ownShare = later->mix(example.grid, partner, *laterRandom);
    }
    if (needsSound)
        example.samples = std::move(sound.samples);
    return example;
}

int ExamplePipeline::drawPartner(int clip, bool ofOtherClass, RandomStream& random) const
{
    const std::vector<int>& all = m_source.partners;
    const auto suits = [&](int other) {
        return other != clip && !(ofOtherClass && m_source.label(other) == m_source.label(clip))
               && (!m_source.usable || m_source.usable(other));
    };
    const auto count = static_cast<int64_t>(all.size());
    if (count == 0)
        return -1;
    // Which clips are usable is asked of those drawn alone: a preview would have to decode them all.
    constexpr int tries = 16;
    for (int i = 0; i < tries; ++i) {
        if (const int drawn = all[static_cast<size_t>(random.below(count))]; suits(drawn))
            return drawn;
    }
    for (const int64_t position : random.permutation(count)) {
        if (const int other = all[static_cast<size_t>(position)]; suits(other))
            return other;
    }
    return -1;
}

ExamplePipeline::Sound ExamplePipeline::makeSound(const Draw& draw, bool needed) const
{
    Sound sound;
    if (!needed)
        return sound;
    const SharedValues original = m_source.samples(draw.clip);
    sound.samples.assign(original.values.begin(), original.values.end());
    const WaveformAugmentation::Context context{
        .sampleRate = frontEnd().sampleRate,
        .drawClip = [&](RandomStream& random) {
            const int other = drawPartner(draw.clip, false, random);
            return other < 0 ? SharedValues() : m_source.samples(other);
        }};
    forEachActing(m_chain, AugmentationStage::Waveform, draw, [&](const ChainEntry& entry, RandomStream& random) {
        static_cast<const WaveformAugmentation&>(*entry.augmentation).apply(sound.samples, context, random);
        sound.changed = true;
        return false;
    });
    return sound;
}

SpectrogramGrid ExamplePipeline::makeGrid(const Draw& draw, const Sound& sound) const
{
    SpectrogramGrid grid;
    if (!sound.changed && m_source.grid) {
        const SharedValues ready = m_source.grid(draw.clip);
        grid.mels = m_source.gridShape ? m_source.gridShape->rows : frontEnd().mels;
        grid.frames = static_cast<FrameIndex>(ready.values.size()) / grid.mels;
        grid.values.assign(ready.values.begin(), ready.values.end());
    } else if (!sound.samples.empty()) {
        grid = m_extractor->compute(sound.samples);
    } else {
        grid = m_extractor->compute(m_source.samples(draw.clip).values);
    }
    forEachActing(m_chain, AugmentationStage::Spectrogram, draw, [&](const ChainEntry& entry, RandomStream& random) {
        static_cast<const SpectrogramAugmentation&>(*entry.augmentation).apply(grid, frontEnd(), random);
        return false;
    });
    return grid;
}

} // namespace melscope
