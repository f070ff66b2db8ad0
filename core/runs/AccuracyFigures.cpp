// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyFigures.h"

#include "runs/RunOutcomes.h"

#include <algorithm>
#include <unordered_map>

namespace melscope {
namespace {

using RunsById = std::unordered_map<std::string, const RunRecord*>;

/// The kept folds' predictions, seed by seed.
std::vector<SeedPredictions> predictionsOf(const AccuracyRow& row, const RunsById& runs, RunOutcomes& outcomes)
{
    std::map<uint64_t, Predictions> bySeed;
    for (const KeptFold& kept : row.kept) {
        const auto predictions = outcomes.of(*runs.at(kept.run));
        for (const ClipPrediction& clip : *predictions)
            if (clip.fold == kept.fold)
                bySeed[kept.seed].push_back(clip);
    }
    std::vector<SeedPredictions> seeds;
    for (auto& [seed, predictions] : bySeed)
        seeds.push_back({seed, std::move(predictions)});
    return seeds;
}

std::optional<double> peekedAccuracy(const AccuracyRow& row, const RunOutcomes& outcomes)
{
    double sum = 0.0;
    for (const KeptFold& kept : row.kept) {
        const auto found = outcomes.peeked().find({kept.run, kept.fold});
        if (found == outcomes.peeked().end())
            return std::nullopt;
        sum += found->second;
    }
    return sum / static_cast<double>(row.kept.size());
}

/// Only then do both accuracies stand on the same clips.
bool hasTtaEverywhere(const AccuracyRow& row, const RunsById& runs)
{
    return std::all_of(row.kept.begin(), row.kept.end(), [&](const KeptFold& kept) {
        const auto& results = runs.at(kept.run)->results;
        return std::any_of(results.begin(), results.end(), [&](const FoldRecord& fold) { return fold.fold == kept.fold && fold.ttaViews > 0; });
    });
}

} // namespace

BaselineKey baselineKey(const AccuracyRow& row)
{
    return {row.method, row.recipe, row.datasetFingerprint};
}

void addFigures(std::vector<AccuracyRow>& rows, const std::vector<RunRecord>& runs, RunOutcomes& outcomes,
                const std::optional<BaselineKey>& baseline, const std::stop_token& stop)
{
    RunsById byId;
    for (const RunRecord& run : runs)
        byId[run.id] = &run;
    const auto hasResult = [](const AccuracyRow& row) { return !row.kept.empty(); };
    auto base = std::find_if(rows.begin(), rows.end(), [&](const AccuracyRow& row) { return hasResult(row) && baseline && baselineKey(row) == *baseline; });
    if (base == rows.end())
        base = std::find_if(rows.begin(), rows.end(), hasResult);
    if (base == rows.end())
        return;
    base->isBaseline = true;
    outcomes.refreshPeeked();
    const std::vector<SeedPredictions> basePredictions = predictionsOf(*base, byId, outcomes);
    for (AccuracyRow& row : rows) {
        if (!hasResult(row))
            continue;
        if (stop.stop_requested())
            return;
        const RunRecord& run = *byId.at(row.runs.front());
        const ClipSources& sources = outcomes.sources(run);
        const std::vector<SeedPredictions> predictions = row.isBaseline ? basePredictions : predictionsOf(row, byId, outcomes);
        row.figures = rowFigures(predictions, run.classes.size(), sources);
        row.figures->peekedAccuracy = peekedAccuracy(row, outcomes);
        if (hasTtaEverywhere(row, byId))
            row.figures->ttaGain = row.ttaAccuracy - row.accuracy;
        if (!row.isBaseline && row.datasetFingerprint == base->datasetFingerprint)
            row.difference = rowDifference(predictions, basePredictions, sources);
    }
}

} // namespace melscope
