// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Checkpoint.h"
#include "engine/NetworkMaker.h"
#include "engine/PretrainingStage.h"

namespace melscope {

/// What the body before it is worth as it stands: its features, standardised, under a linear classifier that is fitted to the
/// training clips and scored on the held-out ones ("linear_accuracy"). A figure to look at: it decides nothing, and the body
/// goes on unchanged. One epoch.
class LinearProbe : public PretrainingStage
{
public:
    /// `job` and `data` must outlive it.
    LinearProbe(const FoldJob& job, const FoldData& data, NetworkMaker make);

    std::string name() const override { return "linear-probe"; }
    int64_t clips() const override;
    StageResult train(const NamedTensors& before, RunControl& control, const ProgressSink& progress) override;

private:
    EpochMetrics probe(const NamedTensors& body, NamedTensors& head) const;

    const FoldJob& m_job;
    const FoldData& m_data;
    const NetworkMaker m_make;
    CheckpointStore m_checkpoints;
};

/// A linear classifier on features [clip, feature], standardised by their own statistics: the minimum of cross-entropy plus
/// `decay` times the squared weights, by L-BFGS from zero.
struct LinearClassifier
{
    torch::Tensor mean, deviation; ///< [feature]
    torch::Tensor weight;          ///< [class, feature]
    torch::Tensor bias;            ///< [class]

    static LinearClassifier fit(const torch::Tensor& features, const torch::Tensor& labels, int64_t classes, double decay);
    torch::Tensor logits(const torch::Tensor& features) const; ///< [clip, class]
};

} // namespace melscope
