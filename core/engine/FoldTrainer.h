// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/AdamW.h"
#include "engine/Checkpoint.h"
#include "engine/Evaluator.h"
#include "engine/FineTuning.h"
#include "engine/NetworkMaker.h"
#include "engine/ProgressReporter.h"
#include "engine/WeightAverage.h"
#include "training/OneCycle.h"

#include <optional>

namespace melscope {

/// The batches that training a fold consists of, in the order in which FoldTrainer takes them.
BatchPlan planOf(const FoldJob& job, const FoldData& data);

/// Trains and evaluates one fold of one job. Lives on the training thread, whose number of threads is already set.
class FoldTrainer
{
public:
    /// The averaged model's statistics are measured on at most as many batches: more make them no better.
    static constexpr int64_t statisticsBatches = 32;

    /// Takes up the fold's newest checkpoint where there is one, and otherwise begins with `body`, pretrained weights of a part of
    /// the network (empty: from scratch). The number of classes is the dataset's. `job` must outlive the trainer. Throws Error.
    FoldTrainer(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body = {});

    /// To the end, or until the control wishes otherwise. Throws Error: Diverged, DiskFull, Cancelled (asked to stop and keep
    /// before there is anything to keep).
    FoldResult train(RunControl& control, const std::function<void(const FoldProgress&)>& progress);

    /// The last complete epoch's weights on the held-out fold. Throws Error(Missing) when no epoch is complete.
    FoldResult evaluate(int ttaViews);

    /// See Engine. Throws as evaluate() does, and Error(Cancelled).
    std::vector<AugmentedLabels> labelsUnder(const std::vector<AugmentationChain>& chains, int draws,
                                             const std::function<bool(int done, int total)>& goOn);
    ClipFeatures features(const std::function<bool(int done, int total)>& goOn);
    std::vector<ClipView> views(int clip);

    /// What is evaluated and kept: the averaged weights where the recipe asks for them.
    Predictor& predictorToKeep();
    void saveCheckpoint(); ///< of what is trained so far. Throws Error(DiskFull).

private:
    void takeUpLastEpoch();
    void takeUp(const Checkpoint& checkpoint);
    void measureStatistics(int epoch); ///< the averaged model's batch norms, on the clips of this epoch
    bool obey(RunControl& control, ProgressReporter& reporter, FoldResult::End& end);
    void trainBatch(BatchLoader& loader, ProgressReporter& reporter);
    void finishEpoch(ProgressReporter& reporter);
    void readPending(ProgressReporter& reporter);
    FoldResult resultOf(FoldResult::End end, int ttaViews);
    [[noreturn]] void diverged(int64_t step, const std::string& what) const;

    const FoldJob& m_job;
    FoldData m_data;
    BatchPlan m_plan;
    OneCycle m_schedule;
    FineTuning m_fineTuning;
    Predictor m_predictor;
    std::optional<WeightAverage> m_average; // where the recipe asks for one
    std::optional<AdamW> m_optimizer;
    CheckpointStore m_checkpoints;
    TrainingState m_state;

    // Sums and losses not read yet: reading a tensor's value would make the trainer wait on every step.
    struct PendingLoss
    {
        int64_t step = 0;
        torch::Tensor loss;
        double learningRate = 0.0;
    };
    std::vector<PendingLoss> m_pending;
    torch::Tensor m_lossSum;
    torch::Tensor m_correct;
};

} // namespace melscope
