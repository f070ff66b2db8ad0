// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

namespace melscope {

/// The engine on libtorch. Torch's own exceptions become Error here and nowhere else.
class TorchEngine : public Engine
{
public:
    EngineInfo info() const override;
    FoldResult trainFold(const FoldJob& job, RunControl& control,
                         const std::function<void(const FoldProgress&)>& progress) override;
    FoldResult evaluateFold(const FoldJob& job, int ttaViews) override;
    std::vector<AugmentedLabels> labelsUnder(const FoldJob& job, const std::vector<AugmentationChain>& chains, int draws,
                                             const std::function<bool(int done, int total)>& goOn) override;
    MaskedBatch lookAtMasked(const FoldJob& job, const MaskedSpot& spot) override;
    BeatsTokens beatsTokens(const std::filesystem::path& weights, const std::vector<SharedValues>& grids, const FrontEnd& frontEnd, int threads,
                            const std::function<bool(int done, int total)>& goOn) override;
    ClipFeatures features(const FoldJob& job, const std::function<bool(int done, int total)>& goOn) override;
    std::vector<ClipView> views(const FoldJob& job, int clip) override;
    TrainingCost measureCost(const FoldJob& job, const std::function<bool(const std::string& preparing)>& goOn) override;
    Embeddings embed(const EmbeddingJob& job, const std::function<bool(int done, int total)>& goOn) override;
    TrainingBenchmark benchmarkTraining(const std::string& precision, int threads, int steps) override;
};

} // namespace melscope
