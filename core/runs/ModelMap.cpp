// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/ModelMap.h"

#include "base/Error.h"
#include "runs/RunStore.h"

#include <algorithm>
#include <map>

namespace melscope {
namespace {

FoldJob jobOf(const RunStore& store, const RunRecord& run, int fold)
{
    if (std::ranges::find(run.results, fold, &FoldRecord::fold) == run.results.end())
        throw Error(ErrorKind::Empty, "Run " + run.name + " has no result of fold " + std::to_string(fold) + " yet; train it first.");
    return {.dataset = store.openRecordedDataset(run.id), .recipe = store.recipe(run.id), .fold = fold, .seed = run.seed,
            .folder = store.runFolder(run.id)};
}

} // namespace

ModelMap measureModelMap(const RunStore& store, const RunRecord& run, int fold, Engine& engine, const std::function<bool(int, int)>& goOn)
{
    const FoldJob job = jobOf(store, run, fold);
    ClipFeatures found = engine.features(job, goOn);
    std::map<std::string, ClipPrediction> predictions;
    for (ClipPrediction& prediction : store.outcomes(run.id))
        if (prediction.fold == fold)
            predictions.emplace(prediction.name, std::move(prediction));
    ModelMap map{.run = run.id, .fold = fold, .classes = job.dataset->classes, .features = std::move(found.features)};
    for (const int index : found.clips) {
        const Clip& clip = job.dataset->clips[static_cast<size_t>(index)];
        MappedClip mapped{.name = clip.name, .path = clip.path, .label = clip.label, .fold = clip.fold};
        if (const auto prediction = predictions.find(clip.name); prediction != predictions.end()) {
            mapped.predicted = prediction->second.predicted;
            mapped.loss = prediction->second.loss;
        }
        map.clips.push_back(std::move(mapped));
    }
    readVerdicts(map, store);
    return map;
}

void readVerdicts(ModelMap& map, const RunStore& store)
{
    std::map<std::pair<std::string, std::string>, Verdict> verdicts;
    for (const ClipVerdict& verdict : store.verdicts(store.find(map.run).datasetFingerprint))
        verdicts[{verdict.clip, verdict.predicted}] = verdict.verdict;
    for (MappedClip& clip : map.clips) {
        const auto given = clip.wrong() ? verdicts.find({clip.name, map.classes.at(static_cast<size_t>(clip.predicted))}) : verdicts.end();
        clip.verdict = given == verdicts.end() ? Verdict::None : given->second;
    }
}

ClipAnatomy lookAtClip(const RunStore& store, const RunRecord& run, int fold, const std::string& clip, Engine& engine)
{
    const FoldJob job = jobOf(store, run, fold);
    const auto found = std::ranges::find(job.dataset->clips, clip, &Clip::name);
    if (found == job.dataset->clips.end())
        throw Error(ErrorKind::Missing, clip + " is not in " + job.dataset->name + ".");
    ClipAnatomy anatomy{.run = run.id, .clip = clip, .label = found->label, .classes = job.dataset->classes, .frontEnd = job.recipe.frontEnd(),
                        .views = engine.views(job, static_cast<int>(found - job.dataset->clips.begin()))};
    for (size_t view = 1; view < anatomy.views.size(); ++view) {
        const std::vector<float>& vote = anatomy.views[view].probabilities;
        anatomy.mean.resize(vote.size());
        for (size_t label = 0; label < vote.size(); ++label)
            anatomy.mean[label] += vote[label] / static_cast<float>(anatomy.views.size() - 1);
    }
    return anatomy;
}

} // namespace melscope
