// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunComparison.h"

#include "base/Error.h"
#include "runs/ClipLists.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace melscope {
namespace {

double sureness(const ClipPrediction& clip)
{
    const auto predicted = static_cast<size_t>(clip.predicted);
    return predicted < clip.probabilities.size() ? static_cast<double>(clip.probabilities[predicted]) : 0.0;
}

} // namespace

RunComparison compareRuns(const Predictions& first, const Predictions& second, size_t classes, const ClipSources& sources, bool tta)
{
    const Predictions ours = tta ? withTestTimeViews(first) : first, theirs = tta ? withTestTimeViews(second) : second;
    std::unordered_map<std::string, const ClipPrediction*> byName;
    for (const ClipPrediction& clip : theirs)
        byName[clip.name] = &clip;
    RunComparison result;
    result.classes.resize(classes);
    for (size_t label = 0; label < classes; ++label)
        result.classes[label].label = static_cast<int>(label);
    for (const ClipPrediction& clip : ours) {
        const auto found = byName.find(clip.name);
        if (found == byName.end())
            continue;
        const ClipPrediction& other = *found->second;
        if (clip.label < 0 || static_cast<size_t>(clip.label) >= classes)
            throw Error(ErrorKind::InvalidValue, "The prediction of " + clip.name + " speaks of a class beyond the " + std::to_string(classes)
                        + " of its dataset; the run's results are damaged.");
        ClassDifference& ofClass = result.classes[static_cast<size_t>(clip.label)];
        ++ofClass.clips;
        ofClass.firstRight += clip.correct() ? 1 : 0;
        ofClass.secondRight += other.correct() ? 1 : 0;
        if (clip.correct() == other.correct())
            continue;
        ++(clip.correct() ? ofClass.onlyFirst : ofClass.onlySecond);
        result.deciding.push_back({.first = clip, .second = other, .firstIsRight = clip.correct()});
    }
    const auto paired = rowDifference({{.predictions = ours}}, {{.predictions = theirs}}, sources);
    if (!paired)
        throw Error(ErrorKind::Empty, "These two runs have no held-out clip in common; choose two that held out the same fold of the same dataset.");
    result.counts = paired->counts;
    result.interval = paired->interval;
    result.bySource = !sources.empty();
    result.p = paired->p;
    const double n = result.counts.count();
    result.firstAccuracy = (result.counts.both + result.counts.onlyFirst) / n;
    result.secondAccuracy = (result.counts.both + result.counts.onlySecond) / n;
    std::stable_sort(result.deciding.begin(), result.deciding.end(), [](const DecidingClip& a, const DecidingClip& b) {
        if (a.firstIsRight != b.firstIsRight)
            return a.firstIsRight;
        return sureness(a.firstIsRight ? a.second : a.first) > sureness(b.firstIsRight ? b.second : b.first);
    });
    std::stable_sort(result.classes.begin(), result.classes.end(),
                     [](const ClassDifference& a, const ClassDifference& b) { return std::abs(a.difference()) > std::abs(b.difference()); });
    return result;
}

} // namespace melscope
