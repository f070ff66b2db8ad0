// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/FoldOption.h"
#include "cli/RecipeOptions.h"
#include "cli/TrainingSession.h"
#include "cli/WeightsOption.h"
#include "dataset/Folds.h"
#include "runs/CardComparison.h"

#include <algorithm>
#include <sstream>

namespace melscope::cli {
namespace {

std::vector<int> foldsFrom(const Arguments& arguments, const Dataset& dataset, Output& output)
{
    if (arguments.has("fold") && arguments.has("folds"))
        throw UsageError("--fold and --folds say the same thing; give one of them.");
    if (arguments.text("folds") == "all")
        return dataset.folds;
    std::vector<std::string> words = arguments.texts("fold");
    if (const auto list = arguments.text("folds")) {
        std::istringstream stream(*list);
        for (std::string word; std::getline(stream, word, ',');)
            words.push_back(word);
    }
    std::vector<int> folds;
    for (const std::string& word : words)
        if (const int fold = foldFrom(word, dataset); std::ranges::count(folds, fold) == 0)
            folds.push_back(fold);
    if (folds.empty()) {
        folds.push_back(dataset.folds.back());
        output.message("Fold " + listed(folds) + " is held out; --folds all runs every fold.");
    }
    return folds;
}

int begin(NewRun run, const OpenOptions& options, const Arguments& arguments, Output& output)
{
    std::vector<Problem> problems = findLeaks(*run.dataset);
    problems.insert(problems.end(), run.dataset->problems.begin(), run.dataset->problems.end());
    showProblems(problems, output);
    run.datasetOptions = options;
    run.datasetPath = std::filesystem::absolute(arguments.operands().front());
    return trainNewRun(openStore(arguments.text("runs")), run, problems, output);
}

/// Once more what a card says, on a dataset that may lie elsewhere.
int reproduce(const Arguments& arguments, Output& output)
{
    for (const char* fixed : {"recipe", "fold", "folds", "seed", "set"})
        if (arguments.has(fixed))
            throw UsageError("--card says everything itself; leave --" + std::string(fixed) + " out.");
    const RunCard card = RunCard::fromFile(*arguments.text("card"));
    const OpenOptions options = openOptionsFrom(arguments);
    const auto dataset = std::make_shared<const Dataset>(openDataset(arguments.operands().front(), options));
    NewRun run = runOf(card, dataset);
    chooseWeights(run.recipe, methodOf(run.recipe, arguments), arguments, output);
    if (card.recipe.weights && run.recipe.weights->sha256 != card.recipe.weights->sha256)
        throw Error(ErrorKind::InvalidValue, run.recipe.weights->file.string() + " does not hold the weights that " + card.run + " started from ("
                    + card.recipe.weights->name + ", SHA-256 " + card.recipe.weights->sha256 + ").", run.recipe.weights->file);
    return begin(std::move(run), options, arguments, output);
}

int runTrain(const Arguments& arguments, Output& output)
{
    if (arguments.has("card"))
        return reproduce(arguments, output);
    const auto name = arguments.text("recipe");
    if (!name)
        throw UsageError("--recipe NAME says what to train; melscope recipes lists the names. Or --card FILE trains a run again.");
    Recipe recipe = recipeFrom(*name, arguments.settings());
    chooseWeights(recipe, methodOf(recipe, arguments), arguments, output);
    const OpenOptions options = openOptionsFrom(arguments);
    const auto seed = static_cast<uint64_t>(arguments.integer("seed", 0, INT64_MAX).value_or(0));
    const auto dataset = std::make_shared<const Dataset>(openDataset(arguments.operands().front(), options));
    if (dataset->folds.size() < 2)
        throw Error(ErrorKind::InvalidValue, dataset->name + " has fewer than two folds, so that nothing can be held out.", dataset->root);
    return begin({.dataset = dataset, .recipe = recipe, .folds = foldsFrom(arguments, *dataset, output), .seed = seed}, options, arguments, output);
}

} // namespace

Command trainCommand()
{
    Command command{.name = "train", .operands = "DATASET", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "train a recipe on a dataset and test it on held-out folds",
                    .details = "Trains one model for every fold asked for, on the clips outside it, and tests the last epoch's weights on "
                               "the clips inside it. The result has a 95 % Wilson interval; several folds also give mean and standard "
                               "deviation.\nCtrl+C saves a checkpoint and leaves with status 130; melscope resume goes on to exactly the "
                               "numbers of an undisturbed run. The same recipe, dataset, seed and number of threads give the same numbers.\n"
                               "With --card the run of a recipe card (melscope runs export RUN --format card) is trained again, and at the end "
                               "its predictions are compared with the card's, clip by clip.",
                    .options = {{"recipe", "NAME|FILE", "what to train: see melscope recipes"},
                                {"fold", "N", "the fold to hold out (default: the dataset's last); may be repeated"},
                                {"folds", "all|N,N...", "hold out every fold in turn, or the ones listed"},
                                {"seed", "N", "seed of everything random (default 0)"},
                                {"card", "FILE", "train the run of a recipe card again, and compare"},
                                settingOption, weightsOption, runsOption},
                    .examples = {"melscope train ESC-50-master --recipe resnet34-quick --fold 5",
                                 "melscope train clips --recipe resnet34-published --folds all --set training.epochs=60 --json",
                                 "melscope train ESC-50-master --card brave-otter-7.json",
                                 "melscope train clips --recipe efficientnet-b0-recommended --weights efficientnet-lite0-57934424.pth"},
                    .run = runTrain};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
