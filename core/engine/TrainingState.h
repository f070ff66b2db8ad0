// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"
#include "training/TrainingReport.h"

#include <cstdint>
#include <vector>

namespace melscope {

/// Where a fold's training stands, apart from the tensors: all that a resumed run needs to come to the same numbers.
struct TrainingState
{
    int epochsDone = 0;   ///< complete ones
    int64_t batchInEpoch = 0; ///< batches done of the running epoch; 0 between epochs
    int64_t step = 0;     ///< batches done in all
    double lossSum = 0.0; ///< of the running epoch, over clips
    int64_t correct = 0;
    int64_t clipsSeen = 0;
    int64_t trials = 0;   ///< predictions of which `correct` were right, where they are others than the clips (pretraining)
    std::vector<Figure> figureSums; ///< of the running epoch, over clips (pretraining)
    double epochSeconds = 0.0; ///< of the running epoch, pauses left out
    double waitSeconds = 0.0;  ///< of those, waiting for data
    double seconds = 0.0;      ///< of all complete epochs, evaluations and checkpoints
    double bestAccuracy = -1.0; ///< on held-out data, peeked; -1 before the first evaluation
    int bestEpoch = 0;
    std::vector<EpochMetrics> history;

    bool betweenEpochs() const { return batchInEpoch == 0; }
    Json toJson() const;
    static TrainingState fromJson(const Json& json); ///< throws nlohmann's exceptions
};

} // namespace melscope
