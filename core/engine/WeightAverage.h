// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Evaluator.h"

namespace melscope {

/// An exponential moving average of a model's weights over its training steps (Polyak and Juditsky 1992): steadier than the
/// last step's, and what a recipe with training.ema_epochs evaluates and keeps. Training thread only.
class WeightAverage
{
public:
    /// `epochs`: the average's memory, in which a weight's part falls to 1/e. `average` is a model of the same architecture; it
    /// becomes the average.
    WeightAverage(Predictor average, double epochs, int64_t batchesPerEpoch);

    Predictor& predictor() { return m_average; }

    void startFrom(const torch::nn::Module& trained); ///< all its tensors
    /// After training step `step` (1, 2, ...). The memory grows with the steps done, so that the untrained weights are soon forgotten.
    /// The running statistics of the batch norms are averaged as well: good enough to keep, estimateBatchNorm() gives better ones.
    void add(const torch::nn::Module& trained, int64_t step);

private:
    Predictor m_average;
    double m_steps; // memory
};

/// Measures the running statistics of every batch norm anew, as the mean over the batches `firstStep` and later of `plan` (at most
/// `batches` of them): averaged weights only have other weights' statistics, and those of mixed examples are not those of clips.
void estimateBatchNorm(Predictor& predictor, const std::shared_ptr<const ExamplePipeline>& pipeline, const BatchPlan& plan, int64_t firstStep,
                       int64_t batches, int loaderThreads);

} // namespace melscope
