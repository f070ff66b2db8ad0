// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/RunDataset.h"
#include "cli/RunPrinter.h"
#include "cli/TrainingSession.h"
#include "training/Engine.h"

#include <algorithm>

namespace melscope::cli {
namespace {

FoldRecord countsOf(const FoldResult& result)
{
    FoldRecord counts{.fold = result.fold, .count = static_cast<int>(result.predictions.size()), .ttaViews = result.ttaViews,
                      .seconds = result.seconds};
    counts.correct = static_cast<int>(std::ranges::count_if(result.predictions, &ClipPrediction::correct));
    if (result.ttaViews > 0)
        counts.ttaCorrect = static_cast<int>(std::ranges::count_if(result.predictions, &ClipPrediction::ttaCorrect));
    return counts;
}

int runEvaluate(const Arguments& arguments, Output& output)
{
    const auto store = openStore(arguments.text("runs"));
    const RunRecord record = store->find(arguments.operands().front());
    if (record.results.empty())
        throw Error(ErrorKind::Empty, "Run " + record.id + " has no finished fold to evaluate; finish it with: melscope resume " + record.id);
    const auto views = arguments.integer("tta", 0, 50);
    const Recipe recipe = store->recipe(record.id);
    // The engine takes 0 views to mean the recipe's own number.
    const int engineViews = !views ? 0 : *views == 0 ? -1 : static_cast<int>(*views);
    const auto dataset = datasetFor(record, *store, arguments);
    const auto engine = loadEngine();
    std::vector<FoldRecord> folds;
    for (const FoldRecord& trained : record.results) {
        const FoldJob job{.dataset = dataset, .recipe = recipe, .fold = trained.fold, .seed = record.seed,
                          .folder = store->runFolder(record.id)};
        const FoldResult result = engine->evaluateFold(job, engineViews);
        folds.push_back(countsOf(result));
        Json line = resultLine(record.id, folds.back());
        line["tta_views"] = result.ttaViews;
        output.json(line);
        output.text(resultText(folds.back()));
        showProblems(result.problems, output);
    }
    if (folds.size() > 1) {
        output.json(summaryLine(record.id, folds));
        output.text(summaryText(folds));
    }
    return Done;
}

} // namespace

Command evaluateCommand()
{
    Command command{.name = "evaluate", .operands = "RUN", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "test a run's saved models again, with other test-time views",
                    .details = "Tests the last weights of every finished fold on that fold's held-out clips. Nothing is stored.",
                    .options = {{"tta", "K", "number of test-time views; 0 for none (default: the recipe's)"},
                                {"dataset", "DATASET", "where the run's clips are now, if they were moved; other clips are refused"},
                                runsOption},
                    .examples = {"melscope evaluate 3f9a --tta 10"},
                    .run = runEvaluate};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
