// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/FoldOption.h"
#include "cli/RecipeOptions.h"
#include "cli/TrainingSession.h"
#include "cli/WeightsOption.h"
#include "dataset/Folds.h"

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

int runTrain(const Arguments& arguments, Output& output)
{
    const auto name = arguments.text("recipe");
    if (!name)
        throw UsageError("--recipe NAME says what to train; melscope recipes lists the names.");
    Recipe recipe = recipeFrom(*name, arguments.settings());
    chooseWeights(recipe, methodOf(recipe, arguments), arguments, output);
    const OpenOptions options = openOptionsFrom(arguments);
    const auto seed = static_cast<uint64_t>(arguments.integer("seed", 0, INT64_MAX).value_or(0));
    const auto dataset = std::make_shared<const Dataset>(openDataset(arguments.operands().front(), options));
    if (dataset->folds.size() < 2)
        throw Error(ErrorKind::InvalidValue, dataset->name + " has fewer than two folds, so that nothing can be held out.", dataset->root);
    const std::vector<int> folds = foldsFrom(arguments, *dataset, output);
    std::vector<Problem> problems = findLeaks(*dataset);
    problems.insert(problems.end(), dataset->problems.begin(), dataset->problems.end());
    showProblems(problems, output);
    const NewRun run{.dataset = dataset, .datasetOptions = options, .recipe = recipe, .folds = folds, .seed = seed,
                     .datasetPath = std::filesystem::absolute(arguments.operands().front())};
    return trainNewRun(openStore(arguments.text("runs")), run, problems, output);
}

} // namespace

Command trainCommand()
{
    Command command{.name = "train", .operands = "DATASET", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "train a recipe on a dataset and test it on held-out folds",
                    .details = "Trains one model for every fold asked for, on the clips outside it, and tests the last epoch's weights on "
                               "the clips inside it. The result has a 95 % Wilson interval; several folds also give mean and standard "
                               "deviation.\nCtrl+C saves a checkpoint and leaves with status 130; melscope resume goes on to exactly the "
                               "numbers of an undisturbed run. The same recipe, dataset, seed and number of threads give the same numbers.",
                    .options = {{"recipe", "NAME|FILE", "what to train: see melscope recipes"},
                                {"fold", "N", "the fold to hold out (default: the dataset's last); may be repeated"},
                                {"folds", "all|N,N...", "hold out every fold in turn, or the ones listed"},
                                {"seed", "N", "seed of everything random (default 0)"},
                                settingOption, weightsOption, runsOption},
                    .examples = {"melscope train ESC-50-master --recipe resnet34-quick --fold 5",
                                 "melscope train clips --recipe resnet34-published --folds all --set training.epochs=60 --json",
                                 "melscope train clips --recipe efficientnet-b0-recommended --weights efficientnet-lite0-57934424.pth"},
                    .run = runTrain};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
