// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/TorchEngine.h"

#include "base/Paths.h"
#include "engine/AugmentedLabels.h"
#include "engine/BeatsTokenizer.h"
#include "engine/ClipEmbedding.h"
#include "engine/CostProbe.h"
#include "engine/Cpu.h"
#include "engine/FoldTrainer.h"
#include "engine/FrozenFeatures.h"
#include "engine/InitialBody.h"
#include "engine/MaskedLook.h"
#include "engine/PeakMemory.h"
#include "engine/StagedFold.h"
#include "nn/Initialisation.h"
#include "nn/Losses.h"
#include "nn/ResNet.h"
#include "training/Method.h"

#include <ATen/Version.h>

#include <algorithm>

namespace melscope {
namespace {

/// What follows `key` in torch's description of its build, up to the end of the word; at::get_cpu_capability is not in every version.
std::string configured(const std::string& key)
{
    const std::string configuration = at::show_config();
    const size_t found = configuration.find(key);
    if (found == std::string::npos)
        return "unknown";
    const size_t begin = found + key.size();
    return configuration.substr(begin, configuration.find_first_of(", \n", begin) - begin);
}

/// Runs `work` and turns what torch and the allocator throw into sentences.
template <typename Work>
auto translated(Work work)
{
    const std::string memory = "There is not enough memory for this: choose a smaller batch or a smaller input, or close other programs.";
    try {
        return work();
    } catch (const std::bad_alloc&) {
        throw Error(ErrorKind::OutOfMemory, memory);
    } catch (const c10::Error& error) {
        const std::string what = error.what_without_backtrace();
        if (what.find("allocate memory") != std::string::npos)
            throw Error(ErrorKind::OutOfMemory, memory);
        throw Error(ErrorKind::Internal, "The training engine failed: " + what);
    }
}

int threadsOf(const Recipe& recipe)
{
    return static_cast<int>(recipe.integer("training.threads"));
}

/// Seconds that each of `steps` training steps takes on random input.
std::vector<double> timeSteps(Predictor& predictor, int64_t batch, int64_t mels, int64_t frames, int steps)
{
    AdamW optimizer(*predictor.model, {});
    const torch::Tensor input = torch::randn({batch, 1, mels, frames}).as_strided({batch, 1, mels, frames}, {mels * frames, 1, frames, 1});
    const torch::Tensor labels = torch::arange(batch) % 10;
    std::vector<double> seconds;
    for (int step = 0; step < steps; ++step) {
        const auto begin = ProgressReporter::Clock::now();
        const torch::Tensor loss = crossEntropy(predictor.forward(input), labels, 0.0);
        optimizer.zeroGradients();
        loss.backward();
        optimizer.step(1e-3, 0.9);
        seconds.push_back(std::chrono::duration<double>(ProgressReporter::Clock::now() - begin).count());
    }
    return seconds;
}

bool isFrozen(const FoldJob& job)
{
    return findMethod(job.recipe.method)->frozen;
}

FoldData dataOf(const FoldJob& job, int threads, const PreparingTick& tick)
{
    return isFrozen(job) ? openFrozenFoldData(job, threads, tick) : openFoldData(job, threads, tick);
}

/// What a fold begins with: its clips, and the body of its network where that does not start from scratch.
struct FoldStart
{
    FoldData data;
    NamedTensors body;
};

FoldStart startOf(const FoldJob& job, int threads, const NetworkMaker& make, const PreparingTick& tick)
{
    FoldStart start;
    if (!isFrozen(job))
        start.body = initialBody(job.recipe, make);
    start.data = dataOf(job, threads, tick);
    if (isFrozen(job))
        start.body = standardisationBy(start.data, make);
    return start;
}

} // namespace

EngineInfo TorchEngine::info() const
{
    return {.torchVersion = TORCH_VERSION, .cpu = cpuModelName(), .cpuCapability = configured("CPU capability usage: "),
            .blas = loadedBlas(), .threads = availableCores(), .bf16 = cpuHasBf16()};
}

FoldResult TorchEngine::trainFold(const FoldJob& job, RunControl& control, const std::function<void(const FoldProgress&)>& progress)
{
    return translated([&] {
        const int threads = prepareTrainingThread(threadsOf(job.recipe));
        const auto tick = [&](const std::string& preparing) {
            FoldProgress now;
            now.preparing = preparing;
            now.epochs = static_cast<int>(job.recipe.integer("training.epochs"));
            if (progress)
                progress(now);
            return control.wish() != RunControl::Wish::Interrupt && control.wish() != RunControl::Wish::StopAndKeep;
        };
        try {
            tick("Opening the spectrograms");
            const NetworkMaker make = networkMaker(job.recipe);
            FoldStart start = startOf(job, threads, make, tick);
            StagedFold fold(job, std::move(start.data), make, pretrainingStages, std::move(start.body));
            return fold.train(control, progress);
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::Cancelled && control.wish() == RunControl::Wish::Interrupt)
                return FoldResult{.end = FoldResult::End::Interrupted, .fold = job.fold};
            throw;
        }
    });
}

FoldResult TorchEngine::evaluateFold(const FoldJob& job, int ttaViews)
{
    return translated([&] {
        const int threads = prepareTrainingThread(threadsOf(job.recipe));
        if (isFrozen(job) && ttaViews > 0)
            throw Error(ErrorKind::InvalidValue, "Test-time augmentation does not apply to a frozen encoder: a clip's features are computed once.");
        FoldTrainer trainer(job, dataOf(job, threads, [](const std::string&) { return true; }), networkMaker(job.recipe));
        const int recipes = static_cast<int>(job.recipe.integer("evaluation.tta_views"));
        return trainer.evaluate(ttaViews == 0 ? recipes : std::max(ttaViews, 0));
    });
}

std::vector<AugmentedLabels> TorchEngine::labelsUnder(const FoldJob& job, const std::vector<AugmentationChain>& chains, int draws,
                                                      const std::function<bool(int, int)>& goOn)
{
    return translated([&] {
        const int threads = prepareTrainingThread(threadsOf(job.recipe));
        if (isFrozen(job))
            throw Error(ErrorKind::Unsupported, "A frozen encoder computes a clip's features once: augmentations cannot be tried on them. Try them with "
                                                "another method.");
        FoldData data = openFoldData(job, threads, [&](const std::string&) { return goOn(0, 0); });
        addSamplesFor(chains, data);
        return FoldTrainer(job, std::move(data), networkMaker(job.recipe)).labelsUnder(chains, draws, goOn);
    });
}

ClipFeatures TorchEngine::features(const FoldJob& job, const std::function<bool(int, int)>& goOn)
{
    return translated([&] {
        const int threads = prepareTrainingThread(threadsOf(job.recipe));
        FoldData data = dataOf(job, threads, [&](const std::string&) { return goOn(0, 0); });
        return FoldTrainer(job, std::move(data), networkMaker(job.recipe)).features(goOn);
    });
}

std::vector<ClipView> TorchEngine::views(const FoldJob& job, int clip)
{
    return translated([&] {
        const int threads = prepareTrainingThread(threadsOf(job.recipe));
        if (isFrozen(job))
            throw Error(ErrorKind::Unsupported, "A frozen encoder computes a clip's features once: it has no test-time views to look at.");
        FoldData data = openFoldData(job, threads, [](const std::string&) { return true; });
        return FoldTrainer(job, std::move(data), networkMaker(job.recipe)).views(clip);
    });
}

MaskedBatch TorchEngine::lookAtMasked(const FoldJob& job, const MaskedSpot& spot)
{
    return translated([&] {
        const int threads = prepareTrainingThread(threadsOf(job.recipe));
        const FoldData data = openFoldData(job, threads, [](const std::string&) { return true; });
        return melscope::lookAtMasked(job, data, networkMaker(job.recipe), spot);
    });
}

BeatsTokens TorchEngine::beatsTokens(const std::filesystem::path& weights, const std::vector<SharedValues>& grids, const FrontEnd& frontEnd,
                                     int threads, const std::function<bool(int, int)>& goOn)
{
    return translated([&] {
        prepareTrainingThread(threads);
        return melscope::beatsTokens(weights, grids, frontEnd, goOn);
    });
}

TrainingCost TorchEngine::measureCost(const FoldJob& job, const std::function<bool(const std::string&)>& goOn)
{
    return translated([&] {
        const int threads = prepareTrainingThread(threadsOf(job.recipe));
        const NetworkMaker make = networkMaker(job.recipe);
        if (!isFrozen(job))
            return melscope::measureCost(job, openFoldData(job, threads, goOn), make, initialBody(job.recipe, make), cacheFolder(), goOn);
        FrozenProbe probe = probeFrozenFoldData(job, threads, goOn);
        const NamedTensors body = standardisationBy(probe.data, make);
        TrainingCost cost = melscope::measureCost(job, std::move(probe.data), make, body, cacheFolder(), goOn);
        cost.secondsOnce = probe.secondsOnce;
        return cost;
    });
}

Embeddings TorchEngine::embed(const EmbeddingJob& job, const std::function<bool(int, int)>& goOn)
{
    return translated([&] {
        prepareTrainingThread(job.threads);
        return embedClips(job, goOn);
    });
}

TrainingBenchmark TorchEngine::benchmarkTraining(const std::string& precision, int threads, int steps)
{
    return translated([&] {
        constexpr int64_t batch = 32;
        constexpr int warmUp = 2;
        TrainingBenchmark result{.precision = resolvePrecision(precision), .threads = prepareTrainingThread(threads)};
        Predictor predictor{.model = std::make_shared<ResNetImpl>(ResNetOptions{.classes = 10}), .bf16 = result.precision == "bf16"};
        predictor.model->initialise(0);
        useChannelsLast(*predictor.model);
        std::vector<double> seconds = timeSteps(predictor, batch, 128, 431, warmUp + std::max(steps, 1));
        seconds.erase(seconds.begin(), seconds.begin() + warmUp);
        std::nth_element(seconds.begin(), seconds.begin() + static_cast<ptrdiff_t>(seconds.size() / 2), seconds.end());
        result.clipsPerSecond = static_cast<double>(batch) / seconds[seconds.size() / 2];
        result.peakMemoryMb = peakMemoryMb();
        return result;
    });
}

} // namespace melscope
