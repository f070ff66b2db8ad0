// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/BatchLoader.h"
#include "training/Engine.h"

#include <memory>

namespace melscope {

/// The clips of one fold as the trainer sees them: features, who trains, who is held out, and the normalisation measured
/// on those who train (none for the front end `beats`, which brings its own).
struct FoldData
{
    std::shared_ptr<const SpectrogramExtractor> extractor;
    ClipSource source; ///< its partners are the clips outside the fold
    std::shared_ptr<const Dataset> dataset;
    std::vector<int> trainingClips; ///< usable ones, ascending
    std::vector<int> heldOutClips;
    Normalisation normalisation;
    std::vector<Problem> problems;

    std::shared_ptr<const ExamplePipeline> pipeline(const AugmentationChain& chain) const;
    GridShape gridShape() const { return pipeline({})->gridShape(); } ///< of what the network gets of a clip
};

/// Partners and labels of the source are set here. Throws Error: Missing (the dataset's folder is gone), Empty (nothing to train
/// on, or nothing held out), InvalidValue (no such fold).
FoldData makeFoldData(std::shared_ptr<const Dataset> dataset, int fold, const FrontEnd& frontEnd, ClipSource source);

/// Everything a fold's numbers depend on but the machine, as one hash: what checkpoints are known by.
std::string foldIdentity(const FoldJob& job, const FoldData& data);

using PreparingTick = std::function<bool(const std::string& preparing)>;

/// The spectrograms of all clips, from the cache or computed into it; tick as below.
std::shared_ptr<const class FeatureCache> openGrids(const FoldJob& job, int threads, const PreparingTick& tick);

/// Through the feature cache, which is computed first where it must be; samples as well where one of the recipe's chains acts on
/// them. `tick` is called on this thread with a sentence while that lasts; it returns false to give up, and Error(Cancelled)
/// follows.
FoldData openFoldData(const FoldJob& job, int threads, const PreparingTick& tick);

} // namespace melscope
