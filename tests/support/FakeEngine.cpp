// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeEngine.h"

#include "base/Error.h"
#include "base/Files.h"
#include "base/RandomStream.h"
#include "dataset/Folds.h"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace melscope::test {
namespace {

std::filesystem::path checkpoint(const FoldJob& job)
{
    return job.folder / "checkpoints" / ("fold" + std::to_string(job.fold)) / "last" / "step";
}

/// Ends the claim that a thread is inside, however it leaves.
struct Inside
{
    explicit Inside(std::atomic<bool>& flag) : flag(flag)
    {
        if (flag.exchange(true))
            throw std::logic_error("two threads inside the engine");
    }
    ~Inside() { flag = false; }
    std::atomic<bool>& flag;
};

} // namespace

EngineInfo FakeEngine::info() const
{
    return {.torchVersion = "none", .cpu = "fake", .cpuCapability = "DEFAULT", .blas = "none", .threads = 1, .bf16 = m_script.bf16};
}

EpochMetrics FakeEngine::metricsOf(const FoldJob& job, int epoch)
{
    RandomStream random({.seed = job.seed, .epoch = static_cast<uint64_t>(epoch), .clip = static_cast<uint64_t>(job.fold)});
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {.fold = job.fold, .epoch = epoch, .epochs = static_cast<int>(job.recipe.integer("training.epochs")),
            .trainLoss = 2.0 * random.uniform(), .trainAccuracy = random.uniform(),
            .valLoss = epoch % 2 == 0 ? nan : random.uniform(), // every other epoch is not validated
            .valAccuracy = epoch % 2 == 0 ? nan : random.uniform(), .learningRate = random.uniform() / 1000.0,
            .clipsPerSecond = 100.0, .dataWaitShare = 0.01, .seconds = 0.5};
}

FoldResult FakeEngine::resultAfter(const FoldJob& job, int epochs, FoldResult::End end) const
{
    FoldResult result{.end = end, .fold = job.fold, .ttaViews = 5, .parameters = 1234, .seconds = 0.5 * epochs, .precision = "fp32"};
    for (int epoch = 1; epoch <= epochs; ++epoch)
        result.history.push_back(metricsOf(job, epoch));
    if (end == FoldResult::End::Interrupted)
        return result;
    for (const int index : clipsInFold(*job.dataset, job.fold)) {
        const Clip& clip = job.dataset->clips[static_cast<size_t>(index)];
        RandomStream random({.seed = job.seed, .epoch = static_cast<uint64_t>(epochs), .clip = static_cast<uint64_t>(index), .index = 9});
        const auto share = static_cast<float>(random.uniform());
        const auto ttaShare = static_cast<float>(random.uniform());
        result.predictions.push_back({.clip = index, .name = clip.name, .fold = clip.fold, .label = clip.label,
                                      .predicted = share > 0.5F ? 0 : 1, .loss = -std::log(static_cast<double>(share)),
                                      .probabilities = {share, 1.0F - share}, .ttaPredicted = ttaShare > 0.5F ? 0 : 1,
                                      .ttaProbabilities = {ttaShare, 1.0F - ttaShare}});
    }
    return result;
}

FoldResult FakeEngine::trainFold(const FoldJob& job, RunControl& control, const std::function<void(const FoldProgress&)>& progress)
{
    const Inside inside(m_inside);
    {
        const std::scoped_lock lock(m_mutex);
        m_folds.push_back(job.fold);
    }
    const int epochs = static_cast<int>(job.recipe.integer("training.epochs"));
    const int64_t steps = int64_t{epochs} * m_script.stepsPerEpoch;
    int64_t done = std::filesystem::exists(checkpoint(job)) ? std::stoll(readFile(checkpoint(job))) : 0;
    const auto completeEpochs = [&] { return static_cast<int>(done / m_script.stepsPerEpoch); };
    FoldProgress now{.preparing = "Computing spectrograms", .step = done, .steps = steps, .epoch = completeEpochs() + 1, .epochs = epochs,
                     .clipsPerSecond = 100.0, .secondsLeft = m_script.secondsLeft};
    progress(now);
    now.preparing.clear();
    while (done < steps) {
        if (control.wish() == RunControl::Wish::Pause) {
            now.paused = true;
            progress(now);
            control.waitWhilePaused();
            now.paused = false;
            progress(now);
        }
        if (control.wish() == RunControl::Wish::Interrupt) {
            writeFileAtomically(checkpoint(job), std::to_string(done));
            return resultAfter(job, completeEpochs(), FoldResult::End::Interrupted);
        }
        if (control.wish() == RunControl::Wish::StopAndKeep && completeEpochs() == 0)
            throw Error(ErrorKind::Cancelled, "Nothing of this fold is complete.");
        if (control.wish() == RunControl::Wish::StopAndKeep)
            return resultAfter(job, completeEpochs(), FoldResult::End::StoppedAndKept);
        if (m_script.batch)
            m_script.batch(job.fold, done + 1);
        now.epoch = completeEpochs() + 1;
        now.step = ++done;
        now.newSteps = {{.step = done, .loss = 1.0 / static_cast<double>(done), .learningRate = 1e-3}};
        if (done % m_script.stepsPerEpoch == 0) {
            now.newEpochs = {metricsOf(job, completeEpochs())};
            now.newConfusion = confusionCounts(resultAfter(job, completeEpochs(), FoldResult::End::Finished).predictions, job.dataset->classes.size());
        }
        progress(now);
        now.newSteps.clear();
        now.newEpochs.clear();
        now.newConfusion.clear();
    }
    writeFileAtomically(checkpoint(job), std::to_string(done));
    return resultAfter(job, epochs, FoldResult::End::Finished);
}

FoldResult FakeEngine::evaluateFold(const FoldJob& job, int)
{
    return resultAfter(job, static_cast<int>(job.recipe.integer("training.epochs")), FoldResult::End::Finished);
}

std::vector<AugmentedLabels> FakeEngine::labelsUnder(const FoldJob& job, const std::vector<AugmentationChain>& chains, int draws,
                                                     const std::function<bool(int, int)>& goOn)
{
    const Inside inside(m_inside);
    std::vector<AugmentedLabels> labels;
    const Predictions predictions = evaluateFold(job, 0).predictions;
    for (const ClipPrediction& clip : predictions) {
        const int done = static_cast<int>(labels.size());
        if (!goOn(done, static_cast<int>(predictions.size())))
            throw Error(ErrorKind::Cancelled, "The test was cancelled.");
        const int drawn = done % 2 == 0 ? clip.predicted : 1 - clip.predicted;
        labels.push_back({.clip = clip.clip, .label = clip.label, .plain = clip.predicted,
                          .drawn = std::vector(chains.size(), std::vector<int>(static_cast<size_t>(draws), drawn))});
    }
    return labels;
}

ClipFeatures FakeEngine::features(const FoldJob& job, const std::function<bool(int, int)>& goOn)
{
    const Inside inside(m_inside);
    const int clips = static_cast<int>(job.dataset->clips.size());
    if (!goOn(0, clips))
        throw Error(ErrorKind::Cancelled, "Computing the features was cancelled.");
    ClipFeatures found{.features = {.rows = static_cast<size_t>(clips), .columns = 2, .values = {}}};
    for (int clip = 0; clip < clips; ++clip) {
        RandomStream random({.seed = job.seed, .clip = static_cast<uint64_t>(clip)});
        found.clips.push_back(clip);
        found.features.values.push_back(10.0F * static_cast<float>(job.dataset->clips[static_cast<size_t>(clip)].label));
        found.features.values.push_back(static_cast<float>(random.uniform()));
    }
    return found;
}

std::vector<ClipView> FakeEngine::views(const FoldJob& job, int clip)
{
    const Inside inside(m_inside);
    const auto label = static_cast<size_t>(job.dataset->clips.at(static_cast<size_t>(clip)).label);
    std::vector<ClipView> found(3);
    for (size_t view = 0; view < found.size(); ++view) {
        const float share = static_cast<float>(1 + view) / 4.0F;
        found[view].grid.mels = 2;
        found[view].grid.frames = 3;
        found[view].grid.values.assign(6, static_cast<float>(view));
        found[view].probabilities.assign(2, 1.0F - share);
        found[view].probabilities[label] = share;
    }
    return found;
}

TrainingCost FakeEngine::measureCost(const FoldJob& job, const std::function<bool(const std::string&)>& goOn)
{
    const Inside guard(m_inside);
    if (!goOn("Measuring a few steps"))
        throw Error(ErrorKind::Cancelled, "The cost was not measured to its end.");
    const double epoch = static_cast<double>(job.dataset->clips.size()) / 100.0;
    return {.secondsPerEpoch = epoch, .secondsPerFold = epoch * static_cast<double>(job.recipe.integer("training.epochs")), .peakMemoryMb = 500.0,
            .parameters = 1000, .precision = "fp32"};
}

TrainingBenchmark FakeEngine::benchmarkTraining(const std::string& precision, int threads, int)
{
    return {.precision = precision, .threads = threads, .clipsPerSecond = 1.0};
}

std::vector<int> FakeEngine::foldsAskedFor() const
{
    const std::scoped_lock lock(m_mutex);
    return m_folds;
}

} // namespace melscope::test
