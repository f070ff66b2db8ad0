// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/ClipSolvers.h"

#include "runs/AccuracyFigures.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace melscope {
namespace {

struct Outcomes
{
    ClipPrediction clip;
    std::map<std::string, bool> byMethod; // whether one of its rows is right
};

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

ClipList listed(const std::vector<ClipSolvers>& clips, const auto& wanted, const auto& note)
{
    ClipList list;
    for (const ClipSolvers& clip : clips)
        if (wanted(clip))
            list.push_back({.prediction = clip.clip, .note = note(clip)});
    std::stable_sort(list.begin(), list.end(),
                     [](const ListedClip& a, const ListedClip& b) { return a.prediction.loss > b.prediction.loss; });
    return list;
}

} // namespace

std::vector<ClipSolvers> clipSolvers(const std::vector<AccuracyRow>& rows, const std::vector<RunRecord>& runs, RunOutcomes& outcomes,
                                     const std::string& datasetFingerprint)
{
    std::map<std::string, Outcomes> clips;
    std::vector<std::string> methods; // in the table's order
    const RunsById runOf = runsById(runs);
    for (const AccuracyRow& row : rows) {
        if (row.kept.empty() || row.datasetFingerprint != datasetFingerprint)
            continue;
        if (methods.empty() || methods.back() != row.title)
            methods.push_back(row.title);
        const std::vector<SeedPredictions> seeds = rowPredictions(row, runOf, outcomes);
        for (const ClipPrediction& prediction : seeds.front().predictions) {
            const auto [place, isFirst] = clips.try_emplace(prediction.name, Outcomes{.clip = prediction});
            ClipPrediction& shown = place->second.clip;
            if (!prediction.correct() && (shown.correct() || prediction.loss > shown.loss))
                shown = prediction;
            bool& right = place->second.byMethod[row.title];
            right = right || prediction.correct();
        }
    }
    std::vector<ClipSolvers> result;
    for (const auto& [name, outcome] : clips) {
        ClipSolvers clip{.clip = outcome.clip};
        for (const std::string& method : methods)
            if (const auto found = outcome.byMethod.find(method); found != outcome.byMethod.end())
                (found->second ? clip.right : clip.wrong).push_back(method);
        result.push_back(std::move(clip));
    }
    return result;
}

std::vector<ClipSolvers> heldOutByAll(const std::vector<ClipSolvers>& clips)
{
    size_t most = 0;
    for (const ClipSolvers& clip : clips)
        most = std::max(most, clip.methods());
    std::vector<ClipSolvers> result;
    std::ranges::copy_if(clips, std::back_inserter(result), [&](const ClipSolvers& clip) { return clip.methods() == most; });
    return result;
}

ClipList solvedByOneMethod(const std::vector<ClipSolvers>& clips)
{
    return listed(clips, [](const ClipSolvers& clip) { return clip.right.size() == 1 && !clip.wrong.empty(); },
                  [](const ClipSolvers& clip) { return "only " + clip.right.front() + " is right"; });
}

ClipList solvedByNone(const std::vector<ClipSolvers>& clips)
{
    return listed(clips, [](const ClipSolvers& clip) { return clip.right.empty(); },
                  [](const ClipSolvers& clip) { return "wrong: " + joined(clip.wrong); });
}

} // namespace melscope
