// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyTable.h"

#include "training/Method.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace melscope {
namespace {

/// The training that counts for one (seed, fold).
struct Kept
{
    const RunRecord* run = nullptr;
    const FoldRecord* fold = nullptr;
    bool complete() const { return fold->epochsTrained >= run->epochs; }
};

using KeptFolds = std::map<std::pair<int, uint64_t>, Kept>; // by fold, then seed

/// What one fold came to, seeds averaged.
struct FoldMean
{
    int clips = 0;
    double accuracy = 0.0;
    double ttaAccuracy = 0.0;
    bool hasTta = true;
};

bool counts(const FoldRecord& fold)
{
    return fold.count > 0;
}

KeptFolds keptFolds(const std::vector<const RunRecord*>& newestFirst)
{
    KeptFolds kept;
    for (const RunRecord* run : newestFirst)
        for (const FoldRecord& fold : run->results) {
            if (!counts(fold))
                continue;
            const Kept candidate{.run = run, .fold = &fold};
            const auto [place, isFirst] = kept.try_emplace({fold.fold, run->seed}, candidate);
            if (!isFirst && candidate.complete() && !place->second.complete())
                place->second = candidate;
        }
    return kept;
}

std::map<int, FoldMean> meansOverSeeds(const KeptFolds& kept)
{
    std::map<int, FoldMean> means;
    std::map<int, int> seeds;
    for (const auto& [key, entry] : kept) {
        FoldMean& mean = means[key.first];
        const double n = entry.fold->count;
        mean.clips = std::max(mean.clips, entry.fold->count);
        mean.accuracy += entry.fold->correct / n;
        mean.ttaAccuracy += entry.fold->ttaCorrect / n;
        mean.hasTta = mean.hasTta && entry.fold->ttaViews > 0;
        ++seeds[key.first];
    }
    for (auto& [fold, mean] : means) {
        mean.accuracy /= seeds[fold];
        mean.ttaAccuracy /= seeds[fold];
    }
    return means;
}

std::string selectionOf(const KeptFolds& kept)
{
    std::string stopped;
    for (const auto& [key, entry] : kept)
        if (!entry.complete())
            stopped += (stopped.empty() ? "" : ", ") + std::string(kept.size() > 1 ? "fold " + std::to_string(key.first) + " " : "")
                       + "stopped at epoch " + std::to_string(entry.fold->epochsTrained) + " of " + std::to_string(entry.run->epochs);
    return stopped.empty() ? "last epoch" : stopped;
}

void fillAccuracies(AccuracyRow& row, const KeptFolds& kept)
{
    std::vector<double> accuracies;
    std::vector<double> ttaAccuracies;
    int ttaClips = 0;
    for (const auto& [fold, mean] : meansOverSeeds(kept)) {
        row.distinctClips += mean.clips;
        row.accuracy += mean.accuracy * mean.clips;
        accuracies.push_back(mean.accuracy);
        row.foldAccuracies.push_back(mean.accuracy);
        if (!mean.hasTta)
            continue;
        ttaClips += mean.clips;
        row.ttaAccuracy += mean.ttaAccuracy * mean.clips;
        ttaAccuracies.push_back(mean.ttaAccuracy);
    }
    row.accuracy /= row.distinctClips;
    row.interval = wilsonIntervalOfShare(row.accuracy, row.distinctClips);
    row.overFolds = meanAndDeviation(accuracies);
    row.ttaAccuracy = ttaClips > 0 ? row.ttaAccuracy / ttaClips : 0.0;
    row.ttaInterval = wilsonIntervalOfShare(row.ttaAccuracy, ttaClips);
    row.ttaOverFolds = meanAndDeviation(ttaAccuracies);
}

AccuracyRow emptyRow(const Method& method)
{
    return {.method = method.id, .title = method.title, .available = method.available,
            .publishedAccuracy = method.publishedAccuracy, .publishedTtaAccuracy = method.publishedTtaAccuracy};
}

AccuracyRow filledRow(const Method& method, const std::vector<const RunRecord*>& newestFirst)
{
    AccuracyRow row = emptyRow(method);
    const RunRecord& newest = *newestFirst.front();
    row.recipeChanges = newest.recipeChanges;
    row.recipe = newest.recipeName + (newest.recipeChanges.empty() ? "" : " (" + newest.recipeChanges + ")");
    row.weights = newest.weights;
    row.weightsSha256 = newest.weightsSha256;
    row.trainedOn = newest.trainedOn;
    row.dataset = newest.datasetName;
    row.datasetFingerprint = newest.datasetFingerprint;
    row.datasetFolds = newest.datasetFolds;
    row.parameters = newest.parameters;
    const KeptFolds kept = keptFolds(newestFirst);
    std::set<int> folds;
    std::set<uint64_t> seeds;
    std::set<std::string> used;
    double seconds = 0.0;
    for (const auto& [key, entry] : kept) {
        folds.insert(key.first);
        seeds.insert(key.second);
        used.insert(entry.run->id);
        row.kept.push_back({.run = entry.run->id, .fold = key.first, .seed = key.second});
        row.count += entry.fold->count;
        row.ttaViews = std::max(row.ttaViews, entry.fold->ttaViews);
        seconds += entry.fold->seconds;
    }
    for (const RunRecord* run : newestFirst)
        if (used.contains(run->id))
            row.runs.push_back(run->id);
    row.folds.assign(folds.begin(), folds.end());
    row.seeds.assign(seeds.begin(), seeds.end());
    row.secondsPerFold = seconds / static_cast<double>(kept.size());
    row.selection = selectionOf(kept);
    fillAccuracies(row, kept);
    return row;
}

/// Rows that would read alike though their recipes or datasets differ get the runs' first id behind the name.
void tellApart(std::vector<AccuracyRow>& rows)
{
    const auto looksOf = [](const AccuracyRow& row) { return std::tuple(row.method, row.recipe, row.dataset, weightsText(row)); };
    std::map<std::tuple<std::string, std::string, std::string, std::string>, int> alike;
    for (const AccuracyRow& row : rows)
        ++alike[looksOf(row)];
    for (AccuracyRow& row : rows)
        if (!row.runs.empty() && alike[looksOf(row)] > 1)
            row.recipe += " [as in run " + row.runs.front() + "]";
}

} // namespace

std::vector<AccuracyRow> accuracyTable(const std::vector<RunRecord>& runs)
{
    std::vector<const RunRecord*> newestFirst;
    for (const RunRecord& run : runs)
        if (std::any_of(run.results.begin(), run.results.end(), counts))
            newestFirst.push_back(&run);
    std::stable_sort(newestFirst.begin(), newestFirst.end(), [](const RunRecord* a, const RunRecord* b) { return a->createdAt > b->createdAt; });

    std::vector<AccuracyRow> rows;
    for (const Method& method : methods()) {
        // Recipes in the order of their names; what was changed, and the data, keep rows apart within them.
        std::map<std::tuple<std::string, std::string, std::string, std::string>, std::vector<const RunRecord*>> groups;
        for (const RunRecord* run : newestFirst)
            if (run->method == method.id)
                groups[{run->recipeName, run->datasetName, run->datasetFingerprint, run->recipeDigest}].push_back(run);
        if (groups.empty())
            rows.push_back(emptyRow(method));
        for (const auto& [key, group] : groups)
            rows.push_back(filledRow(method, group));
    }
    tellApart(rows);
    return rows;
}

ConfusionMatrix confusionMatrix(const Predictions& predictions, const std::vector<std::string>& classes, bool tta)
{
    return {.classes = classes, .counts = confusionCounts(predictions, classes.size(), tta)};
}

} // namespace melscope
