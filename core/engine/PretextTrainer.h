// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/AdamW.h"
#include "engine/Checkpoint.h"
#include "engine/PretextTask.h"
#include "engine/PretrainingStage.h"
#include "engine/ProgressReporter.h"
#include "training/OneCycle.h"

#include <optional>

namespace melscope {

/// Which clips a pretext task is shown, in what batches and at what rate.
struct PretextPlan
{
    AugmentationChain chain; ///< of every view
    BatchPlan batches;
    OneCycle schedule;
    AdamW::Options optimizer;
    int loaderThreads = 2;
    int keepEvery = 0; ///< so many epochs their weights are kept; 0: the newest alone
};

/// From the recipe's "pretraining" keys; `views` of every clip.
PretextPlan pretextPlan(const FoldJob& job, const FoldData& data, const AugmentationChain& chain, int views);

/// The pretraining stage that trains a PretextTask: batches, schedule, optimiser, checkpoints and reports.
class PretextTrainer : public PretrainingStage
{
public:
    using TaskMaker = std::function<std::unique_ptr<PretextTask>()>;

    /// The model exists only while the stage trains. `job` and `data` must outlive the trainer.
    PretextTrainer(const FoldJob& job, const FoldData& data, std::string name, PretextPlan plan, TaskMaker make);

    std::string name() const override { return m_name; }
    int64_t clips() const override;
    StageResult train(const NamedTensors& before, RunControl& control, const ProgressSink& progress) override;

private:
    void takeUp(const NamedTensors& before);
    void trainBatch(BatchLoader& loader, ProgressReporter& reporter);
    void finishEpoch(ProgressReporter& reporter);
    EpochMetrics metricsOfEpoch() const;
    void saveCheckpoint();
    int runningEpoch() const { return m_state.epochsDone + 1; }

    const FoldJob& m_job;
    const FoldData& m_data;
    const std::string m_name;
    const PretextPlan m_plan;
    const TaskMaker m_make;
    CheckpointStore m_checkpoints;
    TrainingState m_state;
    std::unique_ptr<PretextTask> m_task; // while training, as the next
    std::optional<AdamW> m_optimizer;
};

} // namespace melscope
