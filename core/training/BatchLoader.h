// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ExamplePipeline.h"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

namespace melscope {

/// x -> (x - mean) / deviation, measured on the training clips only.
struct Normalisation
{
    double mean = 0.0;
    double deviation = 1.0;
};

/// The clips of one step as the network and the loss get them. With several views of each the clips come as often, in the same
/// order: first all clips' first view, then all clips' second one.
struct Batch
{
    std::vector<float> input;    ///< [clip, mel, frame], augmented and normalised
    std::vector<float> targets;  ///< [clip, class], every row sums to 1: what the loss compares the prediction with
    std::vector<int64_t> labels; ///< [clip], the class with the largest target
    std::vector<int> clips;      ///< [clip], indices in the dataset
};

/// Writes the normalised grid of an example to `out` [mel, frame].
void normalise(const SpectrogramGrid& grid, const Normalisation& normalisation, std::span<float> out);

/// Which batches a fold's training consists of. Every epoch visits every clip once, in an order drawn from (seed, epoch);
/// the batches of an epoch are as equal as the count allows, so that none is too small for batch statistics.
struct BatchPlan
{
    std::vector<int> clips;  ///< to train on
    int classes = 0;
    int views = 1;           ///< of every clip in a batch, each with draws of its own
    double labelSmoothing = 0.0; ///< [0, 1), of clips that are not mixed with another
    int batch = 32;          ///< different clips at most
    int epochs = 1;
    uint64_t seed = 0;
    Normalisation normalisation;

    int64_t batchesPerEpoch() const;
    int64_t steps() const { return batchesPerEpoch() * epochs; }
    /// Positions in `clips` that batch `step` (0 ... steps()-1, over all epochs) holds.
    std::vector<int64_t> positions(int64_t step) const;
};

/// Prepares batches on threads of its own ahead of the trainer, in a bounded window. What next() returns depends neither on
/// the number of threads nor on their speed. Free of torch and Qt.
class BatchLoader
{
public:
    /// The first batch returned is `firstStep`; threads: at least one is used. The pipeline's source tells the labels.
    BatchLoader(std::shared_ptr<const ExamplePipeline> pipeline, BatchPlan plan, int64_t firstStep, int threads);
    ~BatchLoader(); ///< drops what is prepared and joins

    /// The next batch in order; blocks until it is ready. Rethrows what preparing it threw; throws
    /// Error(Internal) beyond the plan's last step.
    Batch next();
    GridShape gridShape() const { return m_pipeline->gridShape(); } ///< of a clip in a batch's input
    double secondsWaited() const { return m_secondsWaited; } ///< inside next(), in all

private:
    struct Slot
    {
        Batch batch;
        std::exception_ptr failure;
    };

    void work(std::stop_token stop);
    Slot prepare(int64_t step) const;
    void addTarget(const Example& example, int clip, Batch& batch) const;

    const std::shared_ptr<const ExamplePipeline> m_pipeline;
    const BatchPlan m_plan;
    const int64_t m_window; // batches at most between the trainer and the fastest loader
    double m_secondsWaited = 0.0; // of the thread that calls next()

    std::mutex m_mutex; // protects the three below
    std::map<int64_t, Slot> m_ready;
    int64_t m_nextToPrepare;
    int64_t m_nextToReturn;
    std::condition_variable_any m_changed;
    std::vector<std::jthread> m_threads; // last: joins before the rest goes
};

} // namespace melscope
