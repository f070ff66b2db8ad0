// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyFigures.h"

#include "runs/RunOutcomes.h"

#include <algorithm>

namespace melscope {
namespace {

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

/// The same text for the same trainings, another one as soon as a fold of them was trained anew.
std::string standsOn(const AccuracyRow& row, const RunsById& runs)
{
    std::string text;
    for (const KeptFold& kept : row.kept)
        for (const FoldRecord& fold : runs.at(kept.run)->results)
            if (fold.fold == kept.fold)
                text += kept.run + ' ' + std::to_string(kept.fold) + ' ' + std::to_string(fold.epochsTrained) + ' ' + std::to_string(fold.correct) + ' '
                        + std::to_string(fold.seconds) + ';';
    return text;
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

RunsById runsById(const std::vector<RunRecord>& runs)
{
    RunsById result;
    for (const RunRecord& run : runs)
        result[run.id] = &run;
    return result;
}

std::vector<SeedPredictions> rowPredictions(const AccuracyRow& row, const RunsById& runs, RunOutcomes& outcomes)
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

void addFigures(std::vector<AccuracyRow>& rows, const std::vector<RunRecord>& runs, RunOutcomes& outcomes,
                const std::optional<BaselineKey>& baseline, const std::stop_token& stop)
{
    const RunsById runOf = runsById(runs);
    const auto hasResult = [](const AccuracyRow& row) { return !row.kept.empty(); };
    auto base = std::find_if(rows.begin(), rows.end(), [&](const AccuracyRow& row) { return hasResult(row) && baseline && baselineKey(row) == *baseline; });
    if (base == rows.end())
        base = std::find_if(rows.begin(), rows.end(), hasResult);
    if (base == rows.end())
        return;
    base->isBaseline = true;
    outcomes.refreshPeeked();
    const std::string baseName = standsOn(*base, runOf);
    for (AccuracyRow& row : rows) {
        if (!hasResult(row))
            continue;
        if (stop.stop_requested())
            return;
        const RunRecord& run = *runOf.at(row.runs.front());
        const std::string name = standsOn(row, runOf);
        row.figures = outcomes.figures(name, [&] { return rowFigures(rowPredictions(row, runOf, outcomes), run.classes.size(), outcomes.sources(run)); });
        row.figures->peekedAccuracy = peekedAccuracy(row, outcomes);
        if (hasTtaEverywhere(row, runOf))
            row.figures->ttaGain = row.ttaAccuracy - row.accuracy;
        if (!row.isBaseline && row.datasetFingerprint == base->datasetFingerprint)
            row.difference = outcomes.difference(name, baseName, [&] {
                return rowDifference(rowPredictions(row, runOf, outcomes), rowPredictions(*base, runOf, outcomes), outcomes.sources(run));
            });
    }
}

} // namespace melscope
