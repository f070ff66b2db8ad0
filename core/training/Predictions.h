// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace melscope {

struct ClipPrediction
{
    int clip = 0;     ///< index in the dataset
    std::string name; ///< Clip::name
    int fold = 0;
    int label = 0;
    int predicted = 0;    ///< without test-time augmentation
    double loss = 0.0;    ///< cross-entropy of the true class, nats
    std::vector<float> probabilities;    ///< [class]
    int ttaPredicted = 0;
    std::vector<float> ttaProbabilities; ///< [class], mean over the views; empty without TTA

    bool correct() const { return predicted == label; }
    bool ttaCorrect() const { return ttaPredicted == label; }
    bool operator==(const ClipPrediction&) const = default;
};

/// One held-out fold, clips in dataset order.
using Predictions = std::vector<ClipPrediction>;

/// Clips by [true class][predicted class].
using ConfusionCounts = std::vector<std::vector<int>>;

/// With `tta` the averaged predictions count. Throws Error(InvalidValue) where a prediction's class is none of `classes`.
ConfusionCounts confusionCounts(const Predictions& predictions, size_t classes, bool tta = false);

} // namespace melscope
