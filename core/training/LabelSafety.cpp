// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/LabelSafety.h"

#include "base/Error.h"

#include <algorithm>

namespace melscope {
namespace {

int64_t countOf(const std::vector<int>& drawn, const auto& counts)
{
    return std::ranges::count_if(drawn, counts);
}

/// How many of a number of clips, and of their draws.
struct Count
{
    int clips = 0;
    int64_t draws = 0;
};

ChangedShare shareOf(const Count& changed, int drawsOfEach)
{
    if (changed.clips == 0)
        return {};
    // Counts are divided once: a sum of shares would not be the number that a reader expects.
    const double share = static_cast<double>(changed.draws) / (static_cast<double>(changed.clips) * drawsOfEach);
    return {.clips = changed.clips, .share = share, .interval = wilsonIntervalOfShare(share, changed.clips)};
}

/// Over clips of one class, or of all.
std::vector<ChangedShare> sharesOf(const std::vector<Count>& changed, int drawsOfEach)
{
    std::vector<ChangedShare> shares;
    for (const Count& each : changed)
        shares.push_back(shareOf(each, drawsOfEach));
    return shares;
}

} // namespace

LabelSafety labelSafety(const std::vector<AugmentedLabels>& labels, const std::vector<std::string>& classes,
                        const std::vector<std::string>& augmentations)
{
    if (labels.empty())
        throw Error(ErrorKind::Empty, "There is no held-out clip whose prediction could change.");
    LabelSafety safety{.classes = classes, .augmentations = augmentations};
    const std::vector<Count> none(augmentations.size());
    std::vector<std::vector<Count>> changedByClass(classes.size(), none);
    std::vector<Count> changed = none;
    std::vector<int64_t> correctUnder(augmentations.size());
    int64_t correct = 0;
    for (const AugmentedLabels& clip : labels) {
        correct += clip.plain == clip.label;
        for (size_t i = 0; i < augmentations.size(); ++i) {
            const std::vector<int>& drawn = clip.drawn.at(i);
            safety.draws = static_cast<int>(drawn.size());
            for (Count* count : {&changedByClass.at(static_cast<size_t>(clip.label))[i], &changed[i]}) {
                ++count->clips;
                count->draws += countOf(drawn, [&](int predicted) { return predicted != clip.plain; });
            }
            correctUnder[i] += countOf(drawn, [&](int predicted) { return predicted == clip.label; });
        }
    }
    const auto clips = static_cast<double>(labels.size());
    for (const std::vector<Count>& each : changedByClass)
        safety.byClass.push_back(sharesOf(each, safety.draws));
    safety.overall = sharesOf(changed, safety.draws);
    safety.accuracy = static_cast<double>(correct) / clips;
    for (const int64_t each : correctUnder)
        safety.accuracyUnder.push_back(static_cast<double>(each) / (clips * safety.draws));
    return safety;
}

} // namespace melscope
