// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/FoldOption.h"
#include "cli/RecipeOptions.h"
#include "cli/WeightsOption.h"
#include "training/Engine.h"

#include <chrono>
#include <cmath>

namespace melscope::cli {
namespace {

std::string rounded(double number)
{
    return std::to_string(std::lround(number));
}

int runEstimate(const Arguments& arguments, Output& output)
{
    const auto name = arguments.text("recipe");
    if (!name)
        throw UsageError("--recipe NAME says what to estimate; melscope recipes lists the names.");
    Recipe recipe = recipeFrom(*name, arguments.settings());
    chooseWeights(recipe, methodOf(recipe, arguments), arguments, output);
    const auto dataset = std::make_shared<const Dataset>(openDataset(arguments.operands().front(), openOptionsFrom(arguments)));
    if (dataset->folds.size() < 2)
        throw Error(ErrorKind::InvalidValue, dataset->name + " has fewer than two folds, so that nothing can be held out.", dataset->root);
    const FoldJob job{.dataset = dataset, .recipe = recipe, .fold = foldFrom(arguments, *dataset)};
    const auto begin = std::chrono::steady_clock::now();
    std::string last;
    const TrainingCost cost = loadEngine()->measureCost(job, [&](const std::string& doing) {
        const std::string what = doing.substr(0, doing.find(':'));
        if (what != last)
            output.message(what);
        last = what;
        return true;
    });
    const double probe = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const auto folds = static_cast<double>(dataset->folds.size());
    output.json({{"recipe", recipe.name}, {"method", recipe.method}, {"weights", recipe.weights ? Json(recipe.weights->name) : Json(nullptr)},
                 {"dataset", dataset->name}, {"fold", job.fold}, {"epochs", recipe.integer("training.epochs")}, {"precision", cost.precision},
                 {"seconds_per_epoch", cost.secondsPerEpoch}, {"seconds_per_fold", cost.secondsPerFold}, {"folds", dataset->folds.size()},
                 {"seconds_once", cost.secondsOnce}, {"seconds_all_folds", cost.secondsOnce + cost.secondsPerFold * folds}, {"peak_memory_mb", cost.peakMemoryMb}, {"parameters", cost.parameters},
                 {"probe_seconds", probe}});
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.1f", cost.secondsPerEpoch);
    output.text(recipe.name + " on " + dataset->name + ", " + cost.precision + ": about " + seconds + " s an epoch, " + duration(cost.secondsPerFold)
                + " a fold, " + duration(cost.secondsOnce + cost.secondsPerFold * folds) + " all " + std::to_string(dataset->folds.size()) + " folds"
                + (cost.secondsOnce > 0.0 ? ", of which " + duration(cost.secondsOnce) + " once for the clips' features; " : "; ")
                + rounded(cost.peakMemoryMb) + " MB of memory");
    return Done;
}

} // namespace

Command estimateCommand()
{
    Command command{.name = "estimate", .operands = "DATASET", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "measure what training a recipe would cost on this machine",
                    .details = "Trains the recipe on a few batches of the dataset's clips, which takes some seconds (longer where their spectrograms "
                               "are not in the cache yet), and tells seconds an epoch and a fold and the process's memory. Nothing of it is kept. "
                               "Other programs that run meanwhile count.",
                    .options = {{"recipe", "NAME|FILE", "what to train: see melscope recipes"}, foldOption, settingOption, weightsOption},
                    .examples = {"melscope estimate ESC-50-master --recipe resnet34-published --json"},
                    .run = runEstimate};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
