// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "nn/StateDict.h"

#include <memory>
#include <string>
#include <vector>

namespace melscope {

using ProgressSink = std::function<void(const FoldProgress&)>;

/// What a stage came to.
struct StageResult
{
    FoldResult::End end = FoldResult::End::Finished; ///< or Interrupted
    NamedTensors body;                 ///< weights for what comes next, named as in the classifier, without its head; empty when Interrupted
    std::vector<EpochMetrics> history; ///< all epochs of the stage, those before a resume included
    double seconds = 0.0;              ///< over all sittings
};

/// A part of a fold's training that comes before the classifier's and sees the training clips only. Lives on the training thread.
class PretrainingStage
{
public:
    virtual ~PretrainingStage() = default;

    /// In reports, in the store and of its folder of checkpoints: checkpoints/fold<N>/<name>/. Stages of a fold run in the
    /// alphabetical order of their names.
    virtual std::string name() const = 0;
    /// How many clips the network is shown in all: how long the stage takes beside others.
    virtual int64_t clips() const = 0;

    /// To the end, or until the control wishes otherwise. Goes on from the stage's newest checkpoint to exactly the numbers of a
    /// stage that was never interrupted; one that is through returns at once, its history reported. `before`: the body of
    /// the stage before, empty for the first. Throws Error: Diverged, DiskFull, Cancelled (asked to stop and keep: there is no
    /// classifier to keep yet).
    virtual StageResult train(const NamedTensors& before, RunControl& control, const ProgressSink& progress) = 0;
};

using PretrainingStages = std::vector<std::unique_ptr<PretrainingStage>>;

/// Those of the recipe's method, none for most. `job` and `data` must outlive them.
PretrainingStages pretrainingStages(const FoldJob& job, const FoldData& data);

} // namespace melscope
