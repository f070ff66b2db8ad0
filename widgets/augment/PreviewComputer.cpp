// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/PreviewComputer.h"

#include "augment/Augmentation.h"
#include "augment/SilentView.h"
#include "augment/SteadyScale.h"
#include "spectrogram/SpectrogramThumbnail.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace melscope {
namespace {

constexpr std::array<float, 5> differenceRanges{6.0F, 12.0F, 24.0F, 48.0F, 96.0F}; // dB; steps keep the colours steady
constexpr double shownShare = 0.97; // of the differences lies inside the range; the few beyond it are saturated

PreviewSound soundOf(Example& example, const FrontEnd& frontEnd, quint64 request)
{
    PreviewSound sound;
    const auto waveform = std::make_shared<const Waveform>(Waveform{frontEnd.sampleRate, 1, std::move(example.samples)});
    sound.waveform = waveform;
    sound.pyramid = std::make_shared<const WaveformPyramid>(*waveform);
    sound.spectrogram = std::make_shared<const Spectrogram>(describe(std::move(example.grid), frontEnd, request));
    sound.loudness = measureLoudness(waveform->samples, waveform->sampleRate);
    return sound;
}

ColourScale scaleOfDifference(const SpectrogramGrid& grid)
{
    std::vector<float> sizes(grid.values.size());
    std::transform(grid.values.begin(), grid.values.end(), sizes.begin(), [](float value) { return std::abs(value); });
    const auto place = sizes.begin() + static_cast<ptrdiff_t>(shownShare * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), place, sizes.end());
    const auto range = std::find_if(differenceRanges.begin(), differenceRanges.end() - 1, [&](float each) { return *place <= each; });
    return {-*range, *range};
}

Spectrogram differenceOf(const Spectrogram& before, const Spectrogram& after)
{
    Spectrogram result{.grid = after.grid, .frontEnd = after.frontEnd, .unit = QStringLiteral("dB"), .request = after.request, .isDifference = true};
    const auto decibels = static_cast<float>(1.0 / unitsPerDecibel(after.frontEnd));
    for (size_t i = 0; i < result.grid.values.size(); ++i)
        result.grid.values[i] = (after.grid.values[i] - before.grid.values[i]) * decibels;
    result.autoScale = scaleOfDifference(result.grid);
    return result;
}

PreviewPartner partnerOf(const Example& example, const PreviewRequest& request, ColourScale scale)
{
    PreviewPartner partner{.clip = example.partner, .ownShare = example.ownShare};
    if (partner.clip < 0)
        return partner;
    const std::vector<ChainEntry>& mixings = request.chain.entries(AugmentationStage::Mix);
    const auto mixing = std::ranges::find(mixings, example.mixing, [](const ChainEntry& entry) { return entry.info->name; });
    partner.mixing = mixing->info->title;
    partner.isHeard = dynamic_cast<const WaveformMixing*>(mixing->augmentation.get()) != nullptr;
    const Example original = request.clips->pipeline({}).make({.clip = partner.clip});
    partner.thumbnail = drawThumbnail(original.grid, request.clips->frontEnd(), scale);
    return partner;
}

} // namespace

std::shared_ptr<const AugmentationPreview> PreviewComputer::compute(const PreviewRequest& request, std::stop_token stop)
{
    auto preview = std::make_shared<AugmentationPreview>();
    preview->request = request;
    preview->before = before(request);
    if (stop.stop_requested())
        return nullptr;
    const FrontEnd& frontEnd = request.clips->frontEnd();
    Example example = request.clips->pipeline(request.chain).make(request.draw, ExamplePipeline::Keep::Samples);
    if (stop.stop_requested())
        return nullptr;
    preview->after = soundOf(example, frontEnd, request.number);
    const Spectrogram& before = *preview->before.spectrogram;
    const Spectrogram& after = *preview->after.spectrogram;
    preview->difference = std::make_shared<const Spectrogram>(differenceOf(before, after));
    preview->levels = steadyScale(std::max(before.autoScale.high, after.autoScale.high), frontEnd);
    preview->match = matchLoudness(preview->before.loudness, preview->after.loudness);
    preview->partner = partnerOf(example, request, preview->levels);
    preview->isSilent = isSilent(after.grid, before.grid, frontEnd);
    return stop.stop_requested() ? nullptr : preview;
}

const PreviewSound& PreviewComputer::before(const PreviewRequest& request)
{
    if (request.clips != m_clips || request.draw.clip != m_clip) {
        m_clips.reset();
        Example example = request.clips->pipeline({}).make(request.draw, ExamplePipeline::Keep::Samples);
        m_before = soundOf(example, request.clips->frontEnd(), request.number);
        const Spectrogram& spectrogram = *m_before.spectrogram;
        m_before.thumbnail = drawThumbnail(spectrogram.grid, spectrogram.frontEnd, steadyScale(spectrogram.autoScale.high, spectrogram.frontEnd));
        m_clips = request.clips;
        m_clip = request.draw.clip;
    }
    return m_before;
}

} // namespace melscope
