// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/CostProbe.h"

#include "base/Error.h"
#include "engine/FoldCost.h"
#include "engine/FoldTrainer.h"
#include "engine/PeakMemory.h"
#include "engine/Precision.h"
#include "engine/PretrainingStage.h"
#include "engine/StageSpeed.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace melscope {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double budget = 6.0; // seconds that a stage is watched, at least two steps of it
constexpr double predictionBudget = 1.0; // seconds
constexpr int64_t statisticsProbed = 4; // batches
constexpr int64_t largeNetwork = 50'000'000; // parameters: it takes seconds a clip, so that two clips a step tell enough
constexpr int64_t clipsOfLargeNetwork = 2;
constexpr const char* endless = "2000"; // epochs

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <typename Act>
double timed(const Act& act)
{
    const auto begin = Clock::now();
    act();
    return secondsSince(begin);
}

/// A folder that goes when the probe does.
class ScratchFolder
{
public:
    explicit ScratchFolder(const fs::path& parent) : m_path(parent / ("cost-probe-" + std::to_string(::getpid())))
    {
        fs::remove_all(m_path);
        fs::create_directories(m_path);
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// The recipe with steps so small that nothing diverges, without validations, which are timed apart, and without an end while it is
/// watched.
Recipe probedRecipe(const Recipe& recipe, int64_t batch)
{
    std::vector<Setting> settings = {{"training.lr", "1e-7"}, {"training.batch", std::to_string(batch)}, {"evaluation.every", "1000"},
                                     {"evaluation.tta_views", "0"}, {"training.epochs", endless}};
    if (recipe.values.contains("pretraining.epochs"))
        settings.emplace_back("pretraining.epochs", endless);
    for (const char* rate : {"pretraining.lr", "training.body_lr"})
        if (recipe.values.contains(rate))
            settings.emplace_back(rate, "1e-7");
    return recipe.with(settings);
}

/// The largest batch that fits is what memory is about: what a small one takes while it is trained grows with it, but for `fixed`,
/// which is the same for every batch.
double memoryOfBatch(double before, double peak, double fixed, int64_t probed, int64_t wished)
{
    return peak + std::max(0.0, peak - before - fixed) * static_cast<double>(wished - probed) / static_cast<double>(probed);
}

/// Measures the parts of one job after each other.
class Probe
{
public:
    Probe(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body, const fs::path& folder,
          const std::function<bool(const std::string&)>& goOn)
        : m_job(job), m_data(std::move(data)), m_make(make), m_body(body), m_folder(folder), m_goOn(goOn),
          m_parameters(countParameters(*make(static_cast<int64_t>(job.dataset->classes.size()))))
    {
    }

    TrainingCost cost()
    {
        const PeakMemory memory;
        const FoldSize size{static_cast<double>(m_data.trainingClips.size()), static_cast<double>(m_data.heldOutClips.size())};
        measurePretraining();
        const double pretraining = memory.megabytes(); // it is counted anew before the first training step
        measureTraining();
        const int64_t batch = m_job.recipe.integer("training.batch");
        const std::string precision = precisionOf(m_job.recipe);
        const double ofGradients = static_cast<double>(m_parameters) * (precision == "bf16" ? 6.0 : 4.0) / 1048576.0; // with the weights' copies
        const double training = memoryOfBatch(m_memoryBefore, memory.megabytes(), ofGradients, probedBatch(), batch);
        return {.secondsPerEpoch = secondsPerEpoch(m_costs, m_job.recipe, size), .secondsPerFold = secondsPerFold(m_costs, m_job.recipe, size),
                .peakMemoryMb = std::max(pretraining, training), .parameters = m_parameters, .precision = precision};
    }

private:
    bool isLarge() const { return m_parameters >= largeNetwork; }
    int64_t probedBatch() const
    {
        const int64_t batch = m_job.recipe.integer("training.batch");
        return isLarge() ? std::min(batch, clipsOfLargeNetwork) : batch;
    }

    FoldJob probedJob(const Recipe& recipe, const std::string& name) const
    {
        return {.dataset = m_job.dataset, .recipe = recipe, .fold = m_job.fold, .seed = m_job.seed, .folder = m_folder / name};
    }

    /// Runs a stage until its speed is known.
    template <typename Train>
    StageSpeed watch(const Train& train)
    {
        // As many batches as the loader has ahead were prepared before anybody waited for one.
        StageSpeed speed(m_job.recipe.integer("training.loader_threads") + 2, budget, static_cast<double>(m_data.trainingClips.size()));
        RunControl control;
        bool wanted = true;
        const auto begin = Clock::now();
        train(control, [&](const FoldProgress& progress) {
            speed.add(progress, secondsSince(begin));
            wanted = wanted && m_goOn("Measuring a few steps");
            if (!wanted || speed.isKnown())
                control.ask(RunControl::Wish::Interrupt);
        });
        requireWanted(wanted);
        return speed;
    }

    void requireWanted(bool wanted) const
    {
        if (!wanted)
            throw Error(ErrorKind::Cancelled, "The cost was not measured to its end.");
    }

    double perClip(const StageSpeed& speed, const char* batchKey, const Recipe& recipe) const
    {
        const BatchPlan plan{.clips = m_data.trainingClips, .batch = static_cast<int>(recipe.integer(batchKey))};
        return speed.secondsPerStep() * static_cast<double>(plan.batchesPerEpoch()) / static_cast<double>(plan.clips.size());
    }

    void measurePretraining()
    {
        const FoldJob job = probedJob(probedRecipe(m_job.recipe, m_job.recipe.integer("training.batch")), "pretraining");
        const PretrainingStages stages = pretrainingStages(job, m_data);
        if (stages.empty())
            return;
        requireWanted(m_goOn("Preparing the pretraining"));
        const StageSpeed speed = watch([&](RunControl& control, const ProgressSink& progress) { stages.front()->train(m_body, control, progress); });
        m_costs.pretrainingStart = speed.secondsBefore();
        m_costs.pretrainedClip = perClip(speed, "pretraining.batch", m_job.recipe);
    }

    void measureTraining()
    {
        const Recipe recipe = probedRecipe(m_job.recipe, probedBatch());
        const int64_t headOnly = headOnlyEpochs(m_job.recipe);
        const bool both = headOnly > 0 && headOnly < m_job.recipe.integer("training.epochs");
        const FoldJob job = probedJob(headOnly > 0 ? recipe.with("training.head_epochs", both ? "0" : endless) : recipe, "training");
        FoldTrainer trainer(job, m_data, m_make, m_body);
        measurePrediction(trainer.predictorToKeep());
        m_memoryBefore = PeakMemory().megabytes();
        const double trained = trainedClip(trainer, recipe);
        (headOnly > 0 && !both ? m_costs.headOnlyClip : m_costs.trainedClip) = trained;
        m_costs.checkpoint = timed([&] { trainer.saveCheckpoint(); });
        measureStatistics(job, trainer.predictorToKeep());
        if (!both)
            return;
        m_costs.headOnlyClip = m_costs.predictedClip; // of a large network, whose loader is never waited for
        if (isLarge())
            return;
        const FoldJob ofHead = probedJob(recipe.with("training.head_epochs", endless), "head");
        FoldTrainer headTrainer(ofHead, m_data, m_make, m_body);
        m_costs.headOnlyClip = trainedClip(headTrainer, recipe);
    }

    double trainedClip(FoldTrainer& trainer, const Recipe& recipe)
    {
        return perClip(watch([&](RunControl& control, const ProgressSink& progress) { trainer.train(control, progress); }), "training.batch", recipe);
    }

    void measurePrediction(Predictor& predictor)
    {
        requireWanted(m_goOn("Measuring predictions"));
        const auto seconds = [&](int64_t count, const AugmentationChain& chain, int views) {
            const std::vector<int> few(m_data.heldOutClips.begin(), m_data.heldOutClips.begin() + count);
            return timed([&] { predict(predictor, m_data, few, static_cast<int>(count), chain, views); }) / static_cast<double>(count);
        };
        seconds(1, {}, 0); // warms up
        const int64_t most = std::min<int64_t>(static_cast<int64_t>(m_data.heldOutClips.size()), m_job.recipe.integer("training.batch"));
        const int64_t count = std::clamp<int64_t>(static_cast<int64_t>(predictionBudget / seconds(1, {}, 0)), 1, most);
        m_costs.predictedClip = seconds(count, {}, 0);
        if (m_job.recipe.integer("evaluation.tta_views") > 0)
            m_costs.viewedClip = std::max(0.0, seconds(count, m_job.recipe.viewChain(), 1) - m_costs.predictedClip);
    }

    void measureStatistics(const FoldJob& job, Predictor& predictor)
    {
        if (job.recipe.real("training.ema_epochs") <= 0.0)
            return;
        BatchPlan plan = planOf(job, m_data);
        const int64_t batches = std::min(FoldTrainer::statisticsBatches, plan.batchesPerEpoch());
        const int64_t probed = std::min(statisticsProbed, batches);
        plan.epochs = 1;
        plan.clips.resize(std::min(plan.clips.size(), static_cast<size_t>(probed * plan.batch)));
        const double seconds = timed([&] {
            estimateBatchNorm(predictor, m_data.pipeline(job.recipe.augmentation.withoutMixing()), plan, 0, probed,
                              static_cast<int>(job.recipe.integer("training.loader_threads")));
        });
        m_costs.statistics = seconds * static_cast<double>(batches) / static_cast<double>(probed);
    }

    const FoldJob& m_job;
    const FoldData m_data;
    const NetworkMaker& m_make;
    const NamedTensors& m_body;
    const fs::path& m_folder;
    const std::function<bool(const std::string&)>& m_goOn;
    const int64_t m_parameters;
    PartCosts m_costs;
    double m_memoryBefore = 0.0; // MB held before the first step
};

} // namespace

TrainingCost measureCost(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body, const fs::path& scratch,
                         const std::function<bool(const std::string&)>& goOn)
{
    const ScratchFolder folder(scratch);
    return Probe(job, std::move(data), make, body, folder.path(), goOn).cost();
}

} // namespace melscope
