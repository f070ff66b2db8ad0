// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/NetworkMaker.h"
#include "engine/PretrainingStage.h"

namespace melscope {

/// Trains a fold stage by stage: what is pretrained in order, then the classifier on the body it leaves.
class StagedFold
{
public:
    using StagesMaker = std::function<PretrainingStages(const FoldJob&, const FoldData&)>;

    /// `body`: what the first stage begins with, as PretrainingStage::train() has it. `job` must outlive it. Throws Error.
    StagedFold(const FoldJob& job, FoldData data, NetworkMaker make, const StagesMaker& stages, NamedTensors body = {});

    /// As FoldTrainer::train(); history and seconds are those of all stages.
    FoldResult train(RunControl& control, const ProgressSink& progress);

private:
    StagePlace placeOf(size_t stage) const;     // stages().size(): the classifier's
    ProgressSink within(const StagePlace& place, const ProgressSink& progress) const;

    const FoldJob& m_job;
    const FoldData m_data;
    const NetworkMaker m_make;
    PretrainingStages m_stages;
    NamedTensors m_body;
    std::vector<double> m_clips; // of each stage, the classifier's last: how the work is shared out
};

} // namespace melscope
