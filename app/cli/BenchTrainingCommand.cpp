// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/TemporaryFolder.h"
#include "dataset/DemoDataset.h"
#include "training/Engine.h"

#include <cstdio>
#include <optional>
#include <thread>

namespace melscope::cli {
namespace {

constexpr const char* augmentingRecipe = "resnet34-recommended";
constexpr double waitBudget = 0.03; // of the training time

ParameterSchema benchSchema()
{
    using Type = Parameter::Type;
    return ParameterSchema({
        {.key = "precision", .type = Type::Choice, .defaultValue = "auto", .choices = {"auto", "fp32", "bf16"}},
        {.key = "threads", .type = Type::Integer, .defaultValue = 0, .minimum = 0, .maximum = 1024},
        {.key = "steps", .type = Type::Integer, .defaultValue = 10, .minimum = 1, .maximum = 100000},
        {.key = "data_epochs", .type = Type::Integer, .defaultValue = 1, .minimum = 0, .maximum = 1000},
    });
}

std::shared_ptr<const Dataset> datasetFrom(const Arguments& arguments, int threads, Output& output)
{
    if (const auto given = arguments.text("dataset"))
        return std::make_shared<const Dataset>(openDataset(*given));
    writeDemoDataset(demoFolder(), 0, threads, {}, [&](int done, int total) { output.progress("demo clip", done, total); });
    return std::make_shared<const Dataset>(openDataset(demoFolder()));
}

/// The share of its time that the trainer waits for the loaders where clips are augmented as samples and mixed: of whole epochs,
/// the first batch, which nobody could prepare ahead, included.
double dataWaitShare(Engine& engine, const std::shared_ptr<const Dataset>& dataset, const Json& settings, int threads)
{
    const TemporaryFolder folder;
    const std::string epochs = settings["data_epochs"].dump();
    const FoldJob job{.dataset = dataset,
                      .recipe = findRecipe(augmentingRecipe).with(std::vector<Setting>{{"training.epochs", epochs}, {"evaluation.every", epochs},
                          {"evaluation.tta_views", "0"}, {"training.threads", std::to_string(threads)}, {"training.precision", settings["precision"]}}),
                      .fold = dataset->folds.back(), .folder = folder.path()};
    RunControl control;
    const FoldResult result = engine.trainFold(job, control, {});
    double waited = 0.0;
    double trained = 0.0; // both in units of one clip a second: every epoch has the same clips
    for (const EpochMetrics& epoch : result.history) {
        waited += epoch.dataWaitShare / epoch.clipsPerSecond;
        trained += 1.0 / epoch.clipsPerSecond;
    }
    return waited / trained;
}

int runBench(const Arguments& arguments, Output& output)
{
    const Json settings = arguments.settings(benchSchema());
    const int threads = settings["threads"] == 0 ? static_cast<int>(std::thread::hardware_concurrency()) : settings["threads"].get<int>();
    const bool withData = settings["data_epochs"] > 0;
    const auto dataset = withData ? datasetFrom(arguments, threads, output) : nullptr;
    const auto engine = loadEngine();
    const TrainingBenchmark result = engine->benchmarkTraining(settings["precision"], threads, settings["steps"]);
    Json line{{"bench", "training"}, {"precision", result.precision}, {"threads", result.threads},
              {"clips_per_second", result.clipsPerSecond}, {"peak_memory_mb", result.peakMemoryMb}, {"cpu", engine->info().cpu}};
    std::string text = "training, " + result.precision + ", " + std::to_string(result.threads) + " threads: "
                       + std::to_string(result.clipsPerSecond) + " clips/s, " + std::to_string(result.peakMemoryMb) + " MB";
    if (withData) {
        const double share = dataWaitShare(*engine, dataset, settings, threads);
        line.update({{"data_wait_share", share}, {"data_wait_budget", waitBudget}, {"data_recipe", augmentingRecipe}});
        char figures[80];
        std::snprintf(figures, sizeof figures, "waiting for data %.2f %% of the time, budget %g %% (", 100.0 * share, 100.0 * waitBudget);
        text += std::string("\n") + figures + augmentingRecipe + ")";
    }
    output.json(line);
    output.text(text);
    return Done;
}

} // namespace

Command benchTrainingCommand()
{
    return {.name = "bench training", .summary = "time training steps of ResNet-34, and how long training waits for augmented clips",
            .details = "Random input of 128 mel rows x 431 frames, batch 32: forward, backward and optimiser step. Prints the median. Then trains "
                       "resnet34-recommended, which augments samples and mixes clips, for some epochs of a fold and prints the share of that time "
                       "in which the trainer waited for its loaders.",
            .options = {{"dataset", "DATASET", "whose last fold is held out in the second part (default: the demo dataset, written where it is missing)"},
                        {"set", "KEY=VALUE", "precision=auto|fp32|bf16, threads=N (0: all cores), steps=N, data_epochs=N (0: no second part)"}},
            .examples = {"melscope bench training --set precision=fp32 --json"}, .run = runBench};
}

} // namespace melscope::cli
