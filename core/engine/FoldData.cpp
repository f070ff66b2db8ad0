// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FoldData.h"

#include "base/Files.h"
#include "dataset/FeatureCache.h"
#include "training/MaskedPredictionSchema.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <future>

namespace melscope {
namespace {

Normalisation measure(const ClipSource& source, const std::vector<int>& clips)
{
    double sum = 0.0;
    double squares = 0.0;
    double count = 0.0;
    for (const int clip : clips) {
        double clipSum = 0.0;
        double clipSquares = 0.0;
        const SharedValues grid = source.grid(clip);
        for (const float value : grid.values) {
            clipSum += value;
            clipSquares += static_cast<double>(value) * value;
        }
        sum += clipSum;
        squares += clipSquares;
        count += static_cast<double>(grid.values.size());
    }
    const double mean = sum / count;
    const double variance = std::max(0.0, squares / count - mean * mean);
    return {.mean = mean, .deviation = variance > 0.0 ? std::sqrt(variance) : 1.0};
}

using OpenCache = std::shared_ptr<const FeatureCache>(const Dataset&, const FrontEnd&, int, std::stop_token,
                                                      const std::function<void(int, int)>&);

std::shared_ptr<const FeatureCache> openCache(OpenCache& open, const std::string& noun, const FoldJob& job, int threads,
                                              const std::function<bool(const std::string&)>& tick)
{
    std::stop_source stop;
    std::atomic<int> done = 0;
    const int total = static_cast<int>(job.dataset->clips.size());
    // The cache counts on its own threads; what the window hears comes from this one.
    auto opening = std::async(std::launch::async, [&] {
        return open(*job.dataset, job.recipe.frontEnd(), threads, stop.get_token(), [&](int count, int) { done = count; });
    });
    while (opening.wait_for(std::chrono::milliseconds(60)) != std::future_status::ready) {
        if (!tick("Preparing " + noun + ": " + std::to_string(done) + " of " + std::to_string(total)))
            stop.request_stop();
    }
    return opening.get();
}

std::function<SharedValues(int clip)> valuesOf(const std::shared_ptr<const FeatureCache>& cache)
{
    return [cache](int clip) { return SharedValues{.values = cache->values(clip), .owner = cache}; };
}

} // namespace

std::shared_ptr<const ExamplePipeline> FoldData::pipeline(const AugmentationChain& chain) const
{
    return std::make_shared<const ExamplePipeline>(extractor, source, chain);
}

FoldData makeFoldData(std::shared_ptr<const Dataset> dataset, int fold, const FrontEnd& frontEnd, ClipSource source)
{
    if (std::find(dataset->folds.begin(), dataset->folds.end(), fold) == dataset->folds.end())
        throw Error(ErrorKind::InvalidValue, "The dataset " + dataset->name + " has no fold " + std::to_string(fold) + ".");
    FoldData data{.extractor = std::make_shared<const SpectrogramExtractor>(frontEnd), .source = std::move(source),
                  .dataset = std::move(dataset)};
    data.source.partners.clear();
    for (int clip = 0; clip < static_cast<int>(data.dataset->clips.size()); ++clip) {
        const bool heldOut = data.dataset->clips[static_cast<size_t>(clip)].fold == fold;
        if (!heldOut)
            data.source.partners.push_back(clip);
        if (!data.source.usable || data.source.usable(clip))
            (heldOut ? data.heldOutClips : data.trainingClips).push_back(clip);
    }
    if (data.trainingClips.size() < 2 || data.heldOutClips.empty()) {
        const bool gone = !std::filesystem::exists(data.dataset->root);
        throw Error(gone ? ErrorKind::Missing : ErrorKind::Empty,
                    gone ? "The dataset's folder " + data.dataset->root.string() + " is gone; bring it back and resume."
                         : "Fold " + std::to_string(fold) + " of " + data.dataset->name
                               + " has too few readable clips: look at the dataset's problems.",
                    data.dataset->root);
    }
    data.source.label = [dataset = data.dataset](int clip) { return dataset->clips[static_cast<size_t>(clip)].label; };
    if (frontEnd.kind != FrontEnd::Kind::Beats) // whose scale is part of the pretrained weights
        data.normalisation = measure(data.source, data.trainingClips);
    return data;
}

std::string foldIdentity(const FoldJob& job, const FoldData& data)
{
    Json recipe = job.recipe.toJson();
    for (const char* words : {"name", "title", "summary"})
        recipe.erase(words);
    if (recipe.contains("pretraining")) // what it keeps changes no number, and runs from before there was such a choice go on
        recipe["pretraining"].erase(std::string(keepEveryKey).substr(std::string_view("pretraining.").size()));
    if (job.recipe.weights)
        recipe["weights"] = job.recipe.weights->sha256; // wherever the file is by now
    std::string text = recipe.dump() + "\nseed " + std::to_string(job.seed) + "\nfold " + std::to_string(job.fold) + '\n';
    for (const std::vector<int>* clips : {&data.trainingClips, &data.heldOutClips}) {
        for (const int index : *clips) {
            const Clip& clip = data.dataset->clips[static_cast<size_t>(index)];
            text += clip.name + '\t' + std::to_string(clip.label) + '\n';
        }
    }
    return sha256(text);
}

std::shared_ptr<const FeatureCache> openGrids(const FoldJob& job, int threads, const PreparingTick& tick)
{
    return openCache(FeatureCache::open, "spectrograms", job, threads, tick);
}

FoldData openFoldData(const FoldJob& job, int threads, const PreparingTick& tick)
{
    const FrontEnd frontEnd = job.recipe.frontEnd();
    const auto grids = openGrids(job, threads, tick);
    ClipSource source{.grid = valuesOf(grids)};
    std::shared_ptr<const FeatureCache> samples;
    if (job.recipe.augmentation.needsSamples() || job.recipe.viewChain().needsSamples() || (job.recipe.views && job.recipe.views->needsSamples())) {
        samples = openCache(FeatureCache::openSamples, "samples", job, threads, tick);
        source.samples = valuesOf(samples);
    }
    source.usable = [grids, samples](int clip) { return grids->usable(clip) && (!samples || samples->usable(clip)); };
    FoldData data = makeFoldData(job.dataset, job.fold, frontEnd, std::move(source));
    data.problems = grids->problems();
    return data;
}

} // namespace melscope
