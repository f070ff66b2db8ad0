// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/ClipLists.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace melscope {
namespace {

ClipList listed(const Predictions& predictions, const auto& wanted, const auto& before)
{
    ClipList list;
    for (const ClipPrediction& clip : predictions)
        if (wanted(clip))
            list.push_back({.prediction = clip});
    std::stable_sort(list.begin(), list.end(),
                     [&](const ListedClip& a, const ListedClip& b) { return before(a.prediction, b.prediction); });
    return list;
}

bool hasHigherLoss(const ClipPrediction& a, const ClipPrediction& b)
{
    return a.loss > b.loss;
}

bool any(const ClipPrediction&)
{
    return true;
}

} // namespace

Predictions withTestTimeViews(Predictions predictions)
{
    for (ClipPrediction& clip : predictions) {
        const auto label = static_cast<size_t>(clip.label);
        if (label >= clip.ttaProbabilities.size())
            continue;
        clip.predicted = clip.ttaPredicted;
        clip.probabilities = clip.ttaProbabilities;
        clip.loss = -std::log(std::max(static_cast<double>(clip.ttaProbabilities[label]), 1e-30));
    }
    return predictions;
}

double marginOf(const ClipPrediction& clip)
{
    const auto predicted = static_cast<size_t>(clip.predicted);
    if (predicted >= clip.probabilities.size() || clip.probabilities.size() < 2)
        return std::numeric_limits<double>::quiet_NaN();
    double next = 0.0;
    for (size_t label = 0; label < clip.probabilities.size(); ++label)
        if (label != predicted)
            next = std::max(next, static_cast<double>(clip.probabilities[label]));
    return static_cast<double>(clip.probabilities[predicted]) - next;
}

ClipList clipsOfCell(const Predictions& predictions, int label, int predicted)
{
    return listed(predictions, [&](const ClipPrediction& clip) { return clip.label == label && clip.predicted == predicted; }, hasHigherLoss);
}

ClipList mistakes(const Predictions& predictions)
{
    return listed(predictions, [](const ClipPrediction& clip) { return !clip.correct(); }, hasHigherLoss);
}

ClipList byLoss(const Predictions& predictions)
{
    return listed(predictions, any, hasHigherLoss);
}

ClipList byMargin(const Predictions& predictions)
{
    return listed(predictions, any, [](const ClipPrediction& a, const ClipPrediction& b) {
        const double first = marginOf(a), second = marginOf(b);
        return std::isnan(second) ? !std::isnan(first) : first < second;
    });
}

} // namespace melscope
