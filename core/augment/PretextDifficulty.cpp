// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/PretextDifficulty.h"

#include "augment/ContrastiveTask.h"
#include "augment/ViewDescriptors.h"
#include "base/Error.h"
#include "base/Threads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <mutex>

namespace melscope {
namespace {

constexpr int fewPairs = 32; // with fewer, guessing itself finds more than 1 in 63

constexpr uint64_t samplingStream = 0x73616D706C65ull; // apart from every augmentation's

std::vector<int> sampleOf(const std::vector<int>& clips, const DifficultySettings& settings)
{
    RandomStream random({.seed = settings.seed, .index = samplingStream});
    std::vector<int> sample;
    for (const int64_t position : random.permutation(static_cast<int64_t>(clips.size())))
        if (static_cast<int>(sample.size()) < settings.clips)
            sample.push_back(clips[static_cast<size_t>(position)]);
    std::ranges::sort(sample);
    return sample;
}

/// Two views of one clip, or why there are none.
struct ClipViews
{
    std::array<ViewDescriptors, 2> views;
    std::exception_ptr failure;
};

ClipViews viewsOf(const ExamplePipeline& pipeline, uint64_t seed, int clip)
{
    ClipViews views;
    try {
        for (uint64_t view = 0; view < 2; ++view)
            views.views[view] = describeView(pipeline.make({.seed = seed, .epoch = view, .clip = clip}).grid);
    } catch (...) {
        views.failure = std::current_exception();
    }
    return views;
}

std::vector<ClipViews> drawViews(const ExamplePipeline& pipeline, const std::vector<int>& clips, const DifficultySettings& settings,
                                 const std::stop_token& stop, const std::function<void(int, int)>& progress)
{
    std::vector<ClipViews> all(clips.size());
    std::mutex mutex; // protects done, and makes progress one at a time
    int done = 0;
    JobPool pool(std::max(1, settings.threads));
    for (size_t i = 0; i < clips.size(); ++i) {
        pool.add([&, i](const std::stop_token&) {
            if (stop.stop_requested())
                return;
            all[i] = viewsOf(pipeline, settings.seed, clips[i]);
            const std::lock_guard lock(mutex);
            ++done;
            if (progress)
                progress(done, static_cast<int>(clips.size()));
        });
    }
    pool.waitUntilIdle();
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "The measurement was cancelled.");
    return all;
}

/// Takes out the clips that could not be read; what is no Error goes on.
std::vector<ClipViews> readable(std::vector<ClipViews> all, PretextDifficulty& result)
{
    std::exception_ptr first;
    for (const ClipViews& views : all) {
        try {
            if (views.failure)
                std::rethrow_exception(views.failure);
        } catch (const Error& error) {
            if (!first) {
                first = views.failure;
                result.problem = error.what();
            }
            ++result.leftOut;
        }
    }
    std::erase_if(all, [](const ClipViews& views) { return views.failure != nullptr; });
    if (all.size() < 2 && first)
        std::rethrow_exception(first);
    if (all.size() < 2)
        throw Error(ErrorKind::Empty, "Telling views apart takes at least two clips; open a dataset that has more.");
    return all;
}

ViewTable tableOf(const std::vector<ClipViews>& all, std::vector<float> ViewDescriptors::*descriptor)
{
    ViewTable table;
    for (const ClipViews& clip : all)
        for (const ViewDescriptors& view : clip.views)
            table.push_back(view.*descriptor);
    return standardised(std::move(table));
}

std::string percentOf(double share)
{
    return std::to_string(std::lround(100.0 * share)) + " %";
}

} // namespace

const DescriptorScore& PretextDifficulty::easiest() const
{
    return *std::ranges::max_element(scores, {}, &DescriptorScore::top1);
}

std::string verdictOn(const PretextDifficulty& difficulty)
{
    const DescriptorScore& best = difficulty.easiest();
    const std::string what = best.descriptor == "bands" ? "band energies" : best.descriptor == "envelope" ? "the temporal envelope"
                                                                                       : "band energies and temporal envelope";
    std::string text = percentOf(best.top1) + ": ";
    if (best.top1 >= 0.95)
        text += "an encoder can pass by " + what + " alone; it will learn shortcuts. Make the views differ more.";
    else if (best.top1 >= getsFar)
        text += "an encoder gets far by " + what + " alone. Views that differ more would teach it more.";
    else if (best.top1 >= 0.1)
        text += "by " + what + " alone an encoder does not get far. Its own pretext accuracy should come to 60 to 85 %.";
    else
        text += "by such figures next to nothing is found. Whether the views still share the sound, the encoder's own pretext accuracy will "
                "tell: it should come to 60 to 85 %.";
    if (difficulty.pairs < fewPairs)
        text += " This was measured on batches of " + std::to_string(difficulty.pairs) + " pairs; larger ones are harder.";
    return text;
}

DifficultyMeter::DifficultyMeter(std::shared_ptr<const SpectrogramExtractor> extractor, ClipSource source, const std::vector<int>& clips,
                                 const DifficultySettings& settings)
    : m_extractor(std::move(extractor)), m_source(std::move(source)), m_clips(sampleOf(clips, settings)), m_settings(settings)
{
}

PretextDifficulty DifficultyMeter::measure(const AugmentationChain& chain, std::stop_token stop,
                                           const std::function<void(int, int)>& progress) const
{
    const ExamplePipeline pipeline(m_extractor, m_source, chain);
    PretextDifficulty result;
    const std::vector<ClipViews> all = readable(drawViews(pipeline, m_clips, m_settings, stop, progress), result);
    result.clips = static_cast<int>(all.size());
    result.pairs = std::clamp(m_settings.pairs, 2, result.clips);
    result.chance = contrastiveChance(result.pairs);
    const ViewTable bands = tableOf(all, &ViewDescriptors::bands);
    const ViewTable envelope = tableOf(all, &ViewDescriptors::envelope);
    const auto add = [&](const char* descriptor, const ViewTable& table) {
        const double top1 = contrastiveTopOne(table, result.pairs, stop);
        result.scores.push_back({.descriptor = descriptor, .top1 = top1, .interval = wilsonIntervalOfShare(top1, result.clips)});
    };
    add("bands", bands);
    add("envelope", envelope);
    add("both", joined(bands, envelope));
    return result;
}

} // namespace melscope
