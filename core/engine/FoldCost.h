// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Recipe.h"

namespace melscope {

/// What the parts take that a fold's training is made of, in seconds.
struct PartCosts
{
    double trainedClip = 0.0;     ///< one clip in an epoch of the whole network, its share of loading and of the optimiser's step included
    double headOnlyClip = 0.0;    ///< the same while the body stands still
    double predictedClip = 0.0;   ///< as it is, without gradients: validation and probes
    double viewedClip = 0.0;      ///< one test-time view of a clip
    double statistics = 0.0;      ///< the averaged weights' batch norms measured anew, once
    double checkpoint = 0.0;      ///< written at the end of every epoch
    double pretrainedClip = 0.0;  ///< as trainedClip, of the first pretraining stage; all of its views
    double pretrainingStart = 0.0; ///< before its first step: where there are tokens, fitting the tokenizer
};

struct FoldSize
{
    double trainingClips = 0.0;
    double heldOutClips = 0.0;
};

/// Of an epoch in which the whole network learns: training, checkpoint, and validation's share where not every epoch has one.
double secondsPerEpoch(const PartCosts& costs, const Recipe& recipe, const FoldSize& size);

/// Everything from the first step on: pretraining stages and their probes, all epochs, the final evaluation with test-time views.
double secondsPerFold(const PartCosts& costs, const Recipe& recipe, const FoldSize& size);

/// Epochs in which the head learns alone.
int64_t headOnlyEpochs(const Recipe& recipe);

} // namespace melscope
