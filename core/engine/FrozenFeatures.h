// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "engine/NetworkMaker.h"
#include "nn/StateDict.h"

namespace melscope {

/// A fold whose clips are what a frozen BEATs says of them, [band, dim] a clip: the means over time of the tokens of every band,
/// computed once per clip and kept in the feature cache by the weights' SHA-256, the front end and the precision. Without
/// weights the base architecture speaks, with random ones of the job's seed. Throws as openFoldData() and readPretrained() do.
FoldData openFrozenFoldData(const FoldJob& job, int threads, const PreparingTick& tick);

struct FrozenProbe
{
    FoldData data;
    double secondsOnce = 0.0; ///< what computing the features of all clips would take; 0 where the cache has them
};

/// For a cost probe: the same, but where the features are not there yet, those of a few clips are computed and stand for all.
FrozenProbe probeFrozenFoldData(const FoldJob& job, int threads, const PreparingTick& tick);

/// The body of the FeatureHead that `make` makes: how it standardises, measured on the training clips of such a fold.
NamedTensors standardisationBy(const FoldData& data, const NetworkMaker& make);

} // namespace melscope
