// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

namespace melscope::test {

/// What a FakeEngine does besides training; called on its thread.
struct FakeScript
{
    int stepsPerEpoch = 3;
    double secondsLeft = -1.0;                          ///< told with every step
    std::function<void(int fold, int64_t step)> batch; ///< before the step counts: may block or throw
    bool bf16 = false;
};

/// An Engine without torch: its "weights" are a function of seed, fold and step, it obeys RunControl like the real one and
/// keeps its place in checkpoints/fold<N>/last/step, so that an interrupted fold goes on to the same numbers.
class FakeEngine : public Engine
{
public:
    explicit FakeEngine(FakeScript script = {}) : m_script(std::move(script)) {}

    EngineInfo info() const override;
    FoldResult trainFold(const FoldJob& job, RunControl& control, const std::function<void(const FoldProgress&)>& progress) override;
    FoldResult evaluateFold(const FoldJob& job, int ttaViews) override;
    /// As resultAfter() predicts, under every chain the other class for every other clip.
    std::vector<AugmentedLabels> labelsUnder(const FoldJob& job, const std::vector<AugmentationChain>& chains, int draws,
                                             const std::function<bool(int done, int total)>& goOn) override;
    /// Two columns, 10 x label and a number below 1 that the clip draws; calls goOn() once.
    ClipFeatures features(const FoldJob& job, const std::function<bool(int done, int total)>& goOn) override;
    /// Three of 2 x 3 values that are the view's number; the true class's probability is (1 + view) / 4.
    std::vector<ClipView> views(const FoldJob& job, int clip) override;
    /// Nothing: what guesses and makes tokens is tested with the real one.
    MaskedBatch lookAtMasked(const FoldJob&, const MaskedSpot&) override { return {}; }
    BeatsTokens beatsTokens(const std::filesystem::path&, const std::vector<SharedValues>&, const FrontEnd&, int,
                            const std::function<bool(int done, int total)>&) override { return {}; }
    Embeddings embed(const EmbeddingJob&, const std::function<bool(int done, int total)>&) override { return {}; }
    /// 1 s an epoch for every 100 clips, 500 MB; calls goOn() once.
    TrainingCost measureCost(const FoldJob& job, const std::function<bool(const std::string& preparing)>& goOn) override;
    TrainingBenchmark benchmarkTraining(const std::string& precision, int threads, int steps) override;

    std::vector<int> foldsAskedFor() const; ///< one entry a call of trainFold

    static EpochMetrics metricsOf(const FoldJob& job, int epoch);

private:
    FoldResult resultAfter(const FoldJob& job, int epochs, FoldResult::End end) const;

    FakeScript m_script;
    std::atomic<bool> m_inside = false; ///< two threads at once would break the interface's promise
    mutable std::mutex m_mutex;         // protects m_folds
    std::vector<int> m_folds;
};

} // namespace melscope::test
