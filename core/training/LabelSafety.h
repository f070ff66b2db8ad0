// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Statistics.h"

#include <string>
#include <vector>

namespace melscope {

/// What a model takes one held-out clip for, as it is and under augmentations.
struct AugmentedLabels
{
    int clip = 0;  ///< index in the dataset
    int label = 0; ///< its class
    int plain = 0; ///< predicted as it is
    std::vector<std::vector<int>> drawn; ///< [chain][draw], predicted; at least one draw
    bool operator==(const AugmentedLabels&) const = default;
};

/// How many predictions an augmentation changes.
struct ChangedShare
{
    int clips = 0;
    double share = 0.0; ///< [0, 1], the mean over clips of the share of draws that change the prediction
    Interval interval{.low = 0.0, .high = 1.0}; ///< Wilson, 95 %, over clips: draws of one clip are no trials of their own
};

/// Which augmentations leave a model's answer alone, class by class. A large share says that the augmentation takes away what
/// tells the class, or that the model was never shown it.
struct LabelSafety
{
    std::vector<std::string> classes;
    std::vector<std::string> augmentations; ///< titles
    int draws = 0;                          ///< of each augmentation on each clip
    std::vector<std::vector<ChangedShare>> byClass; ///< [class][augmentation]; clips 0 for a class without any
    std::vector<ChangedShare> overall;              ///< [augmentation]
    double accuracy = 0.0;                          ///< of the clips as they are
    std::vector<double> accuracyUnder;              ///< [augmentation], mean over draws
};

/// `augmentations`: titles of the chains of `labels`, in their order. Throws Error(Empty) without labels.
LabelSafety labelSafety(const std::vector<AugmentedLabels>& labels, const std::vector<std::string>& classes,
                        const std::vector<std::string>& augmentations);

} // namespace melscope
