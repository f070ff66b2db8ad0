// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/LabelSafety.h"

#include "base/Error.h"

#include <algorithm>

namespace melscope {
namespace {

double shareOf(const std::vector<int>& drawn, const auto& counts)
{
    return static_cast<double>(std::ranges::count_if(drawn, counts)) / static_cast<double>(drawn.size());
}

/// A sum of shares becomes their mean.
void finish(ChangedShare& sum)
{
    if (sum.clips == 0)
        return;
    sum.share /= sum.clips;
    sum.interval = wilsonIntervalOfShare(sum.share, sum.clips);
}

} // namespace

LabelSafety labelSafety(const std::vector<AugmentedLabels>& labels, const std::vector<std::string>& classes,
                        const std::vector<std::string>& augmentations)
{
    if (labels.empty())
        throw Error(ErrorKind::Empty, "There is no held-out clip whose prediction could change.");
    LabelSafety safety{.classes = classes, .augmentations = augmentations};
    safety.byClass.assign(classes.size(), std::vector<ChangedShare>(augmentations.size()));
    safety.overall.resize(augmentations.size());
    safety.accuracyUnder.resize(augmentations.size());
    const auto count = static_cast<double>(labels.size());
    for (const AugmentedLabels& clip : labels) {
        safety.accuracy += (clip.plain == clip.label) / count;
        for (size_t i = 0; i < augmentations.size(); ++i) {
            const std::vector<int>& drawn = clip.drawn.at(i);
            safety.draws = static_cast<int>(drawn.size());
            const double changed = shareOf(drawn, [&](int predicted) { return predicted != clip.plain; });
            for (ChangedShare* sum : {&safety.byClass.at(static_cast<size_t>(clip.label))[i], &safety.overall[i]}) {
                ++sum->clips;
                sum->share += changed;
            }
            safety.accuracyUnder[i] += shareOf(drawn, [&](int predicted) { return predicted == clip.label; }) / count;
        }
    }
    for (std::vector<ChangedShare>& row : safety.byClass)
        std::ranges::for_each(row, finish);
    std::ranges::for_each(safety.overall, finish);
    return safety;
}

} // namespace melscope
