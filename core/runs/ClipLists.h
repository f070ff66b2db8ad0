// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Predictions.h"

#include <string>
#include <vector>

namespace melscope {

/// A held-out clip on a list to be listened through, and what else there is to say of it.
struct ListedClip
{
    ClipPrediction prediction;
    std::string note; ///< "only SimCLR is right"; mostly empty
};
using ClipList = std::vector<ListedClip>;

/// The averaged predictions in the place of the plain ones: class, probabilities and loss. Clips that have none stay as they are.
Predictions withTestTimeViews(Predictions predictions);

/// How much more probable the predicted class was than the next one, [0, 1]. NaN without probabilities.
double marginOf(const ClipPrediction& clip);

// Highest loss first, but for the last one.
ClipList clipsOfCell(const Predictions& predictions, int label, int predicted); ///< of the confusion matrix
ClipList mistakes(const Predictions& predictions);
ClipList byLoss(const Predictions& predictions);   ///< all clips
ClipList byMargin(const Predictions& predictions); ///< all clips, the narrowest decision first

} // namespace melscope
