// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/CostProbe.h"

#include "base/Error.h"
#include "engine/Cpu.h"
#include "engine/FoldTrainer.h"
#include "engine/PeakMemory.h"
#include "engine/StagedFold.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace melscope {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int64_t probedBatches = 4;
constexpr int64_t largeNetwork = 50'000'000; // parameters: it takes seconds a clip, and a single batch of those tells enough
constexpr int probedPretraining = 2; // epochs: one that warms up, one that is measured

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

/// One epoch of the probe, in seconds.
struct ProbedEpoch
{
    double perTrainedClip = 0.0;
    double perForwardClip = 0.0; ///< validation and the statistics of averaged weights
    double checkpoint = 0.0;
};

struct Probe
{
    std::vector<ProbedEpoch> epochs;         ///< the classifier's
    std::map<std::string, EpochMetrics> pretraining; ///< the last epoch of each stage before
};

/// How the epochs of a recipe divide: first those of the head alone, which are cheaper.
struct Epochs
{
    int64_t all = 0;
    int64_t headOnly = 0;

    explicit Epochs(const Recipe& recipe) : all(recipe.integer("training.epochs"))
    {
        if (recipe.values.contains("training.head_epochs"))
            headOnly = std::min(all, recipe.integer("training.head_epochs"));
    }
};

/// The recipe with so few epochs that each kind is there once, after one that warms up, and steps so small that nothing diverges.
Recipe probedRecipe(const Recipe& recipe)
{
    const Epochs epochs(recipe);
    const bool bothKinds = epochs.headOnly > 0 && epochs.headOnly < epochs.all;
    std::vector<Setting> settings = {{"training.epochs", bothKinds ? "4" : "2"}, {"training.lr", "1e-7"}, {"evaluation.every", "1"},
                                     {"evaluation.tta_views", "0"}};
    if (recipe.values.contains("pretraining.epochs"))
        settings.insert(settings.end(), {{"pretraining.epochs", std::to_string(probedPretraining)}, {"pretraining.lr", "1e-7"}});
    if (recipe.values.contains("training.body_lr"))
        settings.emplace_back("training.body_lr", "1e-7");
    if (recipe.values.contains("training.head_epochs"))
        settings.emplace_back("training.head_epochs", bothKinds ? "2" : epochs.headOnly > 0 ? "2" : "0");
    return recipe.with(settings);
}

void keepFirst(std::vector<int>& clips, int64_t count)
{
    clips.resize(std::min(clips.size(), static_cast<size_t>(count)));
}

/// Forward passes of an epoch that measure the batch norms of averaged weights anew.
double statisticsClips(const Recipe& recipe, size_t trainingClips)
{
    if (recipe.real("training.ema_epochs") <= 0.0)
        return 0.0;
    return static_cast<double>(std::min<int64_t>(static_cast<int64_t>(trainingClips), FoldTrainer::statisticsBatches * recipe.integer("training.batch")));
}

Probe trainProbe(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body,
                 const std::function<bool(const std::string&)>& goOn)
{
    const double forward = static_cast<double>(data.heldOutClips.size()) + statisticsClips(job.recipe, data.trainingClips.size());
    const auto clips = static_cast<double>(data.trainingClips.size());
    StagedFold fold(job, std::move(data), make, pretrainingStages, body);
    Probe probe;
    RunControl control;
    auto before = Clock::now();
    const FoldResult result = fold.train(control, [&](const FoldProgress& progress) {
        if (!goOn("Measuring a few steps"))
            control.ask(RunControl::Wish::Interrupt);
        for (const EpochMetrics& epoch : progress.newEpochs) {
            const auto since = std::exchange(before, Clock::now());
            if (epoch.stage != supervisedStage) {
                probe.pretraining[epoch.stage] = epoch;
                continue;
            }
            const double wall = std::chrono::duration<double>(before - since).count();
            const double trained = clips / epoch.clipsPerSecond;
            probe.epochs.push_back({.perTrainedClip = trained / clips, .perForwardClip = (epoch.seconds - trained) / forward,
                                    .checkpoint = std::max(0.0, wall - epoch.seconds)});
        }
    });
    if (result.end == FoldResult::End::Interrupted)
        throw Error(ErrorKind::Cancelled, "The cost was not measured to its end.");
    return probe;
}

} // namespace

TrainingCost measureCost(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body, const fs::path& scratch,
                         const std::function<bool(const std::string&)>& goOn)
{
    const ScratchFolder folder(scratch);
    const FoldJob probe{.dataset = job.dataset, .recipe = probedRecipe(job.recipe), .fold = job.fold, .seed = job.seed, .folder = folder.path()};
    const auto clips = static_cast<double>(data.trainingClips.size());
    const auto heldOut = static_cast<double>(data.heldOutClips.size());
    const double statistics = statisticsClips(job.recipe, data.trainingClips.size());
    const int64_t batch = job.recipe.integer("training.batch");
    const bool pretrains = job.recipe.values.contains("pretraining.epochs");
    const int64_t parameters = countParameters(*make(static_cast<int64_t>(job.dataset->classes.size())));
    keepFirst(data.trainingClips, std::max((parameters < largeNetwork ? probedBatches : 1) * batch, pretrains ? job.recipe.integer("pretraining.batch") : 0));
    const auto probedClips = static_cast<double>(data.trainingClips.size());
    keepFirst(data.heldOutClips, batch);

    TrainingCost cost{.parameters = parameters, .precision = resolvePrecision(job.recipe.text("training.precision"))};
    const PeakMemory memory;
    const Probe measured = trainProbe(probe, std::move(data), make, body, goOn);
    const std::vector<ProbedEpoch>& epochs = measured.epochs;
    cost.peakMemoryMb = memory.megabytes();

    const auto secondsOf = [&](const ProbedEpoch& epoch) {
        const auto every = static_cast<double>(job.recipe.integer("evaluation.every"));
        return clips * epoch.perTrainedClip + (statistics + heldOut) / every * epoch.perForwardClip + epoch.checkpoint;
    };
    const Epochs kinds(job.recipe);
    const double headOnly = kinds.headOnly > 0 ? secondsOf(epochs[1]) : 0.0; // the second of its kind: the first warms up
    cost.secondsPerEpoch = secondsOf(epochs.back());
    const auto views = static_cast<double>(1 + job.recipe.integer("evaluation.tta_views"));
    cost.secondsPerFold = static_cast<double>(kinds.headOnly) * headOnly + static_cast<double>(kinds.all - kinds.headOnly) * cost.secondsPerEpoch
        + views * heldOut * epochs.back().perForwardClip;
    for (const auto& [stage, epoch] : measured.pretraining) {
        const auto count = static_cast<double>(epoch.epochs == probedPretraining ? job.recipe.integer("pretraining.epochs") : epoch.epochs);
        cost.secondsPerFold += count * epoch.seconds * clips / probedClips;
    }
    return cost;
}

} // namespace melscope
