// SPDX-License-Identifier: GPL-3.0-or-later
#include "ManyRuns.h"

#include "base/RandomStream.h"
#include "runs/RunRows.h"
#include "runs/RunSchema.h"

#include <cmath>

namespace melscope {
namespace {

constexpr int folds = 4, epochs = 40, clipsOfFold = 80, classes = 10;

Predictions predictionsOf(int fold, RandomStream& random, double accuracy)
{
    Predictions predictions;
    for (int i = 0; i < clipsOfFold; ++i) {
        ClipPrediction clip{.clip = i, .name = std::to_string(fold) + "-" + std::to_string(i) + ".wav", .fold = fold, .label = i % classes};
        clip.predicted = random.uniform() < accuracy ? clip.label : (clip.label + 1 + i % (classes - 1)) % classes;
        clip.probabilities.assign(classes, 0.05F);
        clip.probabilities[static_cast<size_t>(clip.predicted)] = 0.55F;
        clip.loss = -std::log(static_cast<double>(clip.probabilities[static_cast<size_t>(clip.label)]));
        clip.ttaPredicted = clip.predicted;
        clip.ttaProbabilities = clip.probabilities;
        predictions.push_back(clip);
    }
    return predictions;
}

std::vector<EpochMetrics> curvesOf(int fold, double accuracy)
{
    std::vector<EpochMetrics> curves;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        const double share = static_cast<double>(epoch) / epochs;
        curves.push_back({.fold = fold, .epoch = epoch, .epochs = epochs, .trainLoss = 2.3 * (1.0 - 0.9 * share), .trainAccuracy = share,
                          .valLoss = 2.3 * (1.0 - 0.8 * share), .valAccuracy = accuracy * share, .learningRate = 1e-3, .clipsPerSecond = 50.0, .seconds = 6.0});
    }
    return curves;
}

RunRecord recordOf(int number)
{
    const int recipe = number / folds, fold = number % folds + 1;
    RunRecord run{.id = "run" + std::to_string(10'000 + number), .name = "bench-run-" + std::to_string(number), .method = "resnet34",
                  .recipeName = "resnet34-quick", .recipeChanges = "training.weight_decay=" + std::to_string(recipe) + "e-5",
                  .recipeDigest = "digest " + std::to_string(recipe), .state = RunState::Finished, .datasetName = "bench", .datasetPath = "/nowhere",
                  .datasetFingerprint = "bench", .datasetFolds = {1, 2, 3, 4}, .folds = {fold}, .precision = "fp32", .parameters = 21'283'530, .epochs = epochs,
                  .createdAt = 1.7e9 + number};
    for (int label = 0; label < classes; ++label)
        run.classes.push_back("class " + std::to_string(label));
    return run;
}

} // namespace

void writeManyRuns(const std::filesystem::path& folder, int runs)
{
    std::filesystem::create_directories(folder);
    SqlDatabase database(folder / "melscope.db");
    database.migrate(runSchemaScripts());
    SqlTransaction transaction(database);
    RandomStream random({.seed = 1});
    for (int number = 0; number < runs; ++number) {
        const RunRecord run = recordOf(number);
        insertRun(database, run);
        const int64_t row = *runNumber(database, run.id);
        const int fold = run.folds.front();
        const double accuracy = random.uniform(0.7, 0.95);
        const Predictions predictions = predictionsOf(fold, random, accuracy);
        FoldRecord result{.fold = fold, .count = clipsOfFold, .ttaViews = 5, .epochsTrained = epochs, .seconds = 240.0};
        for (const ClipPrediction& clip : predictions)
            result.correct += clip.correct() ? 1 : 0;
        result.ttaCorrect = result.correct;
        writeMetrics(database, row, curvesOf(fold, accuracy));
        writePredictions(database, row, fold, predictions);
        writeFold(database, row, result);
    }
    transaction.commit();
}

} // namespace melscope
