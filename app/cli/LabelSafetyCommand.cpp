// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunLabelSafety.h"

#include "cli/ChainOptions.h"
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/RunDataset.h"
#include "cli/StopSignals.h"
#include "cli/TrainingSession.h"

#include <algorithm>
#include <atomic>
#include <sstream>

namespace melscope::cli {
namespace {

Json toJson(const ChangedShare& cell)
{
    if (cell.clips == 0)
        return nullptr;
    return {{"changed", cell.share}, {"n", cell.clips}, {"interval", {cell.interval.low, cell.interval.high}}};
}

Json lineOf(const std::string& run, const LabelSafety& safety, size_t augmentation)
{
    Json classes = Json::object();
    for (size_t label = 0; label < safety.classes.size(); ++label)
        classes[safety.classes[label]] = toJson(safety.byClass[label][augmentation]);
    return {{"run", run}, {"augmentation", safety.augmentations[augmentation]}, {"draws", safety.draws},
            {"overall", toJson(safety.overall[augmentation])}, {"accuracy", safety.accuracy},
            {"accuracy_under", safety.accuracyUnder[augmentation]}, {"classes", classes}};
}

std::string textOf(const LabelSafety& safety, size_t augmentation)
{
    const ChangedShare& all = safety.overall[augmentation];
    std::ostringstream text;
    text << safety.augmentations[augmentation] << ": " << percent(all.share) << " of " << all.clips << " predictions change ("
         << percent(all.interval.low) << " to " << percent(all.interval.high) << "), accuracy " << percent(safety.accuracy) << " -> "
         << percent(safety.accuracyUnder[augmentation]) << ".";
    std::vector<size_t> order;
    for (size_t label = 0; label < safety.classes.size(); ++label)
        if (safety.byClass[label][augmentation].share > 0.0)
            order.push_back(label);
    std::ranges::stable_sort(order, std::ranges::greater(), [&](size_t label) { return safety.byClass[label][augmentation].share; });
    for (const size_t label : order) {
        const ChangedShare& cell = safety.byClass[label][augmentation];
        text << "\n    " << safety.classes[label] << " " << percent(cell.share) << " of " << cell.clips;
    }
    return text.str();
}

int runLabelSafety(const Arguments& arguments, Output& output)
{
    StopSignals signals; // before any other thread
    const auto store = openStore(arguments.text("runs"));
    const RunRecord record = store->find(arguments.operands().front());
    LabelSafetySettings settings{.draws = static_cast<int>(arguments.integer("draws", 1, 1000).value_or(1))};
    if (arguments.has("chain"))
        settings.chain = chainFrom(arguments).chain;
    const auto dataset = arguments.has("dataset") ? datasetFor(record, *store, arguments) : nullptr;
    std::atomic<bool> stop = false;
    signals.watch([&] { stop = true; });
    const auto goOn = [&](int done, int total) {
        output.progress("testing clip", done, total);
        return !stop;
    };
    const LabelSafety safety = measureLabelSafety(*store, record, dataset, settings, *loadEngine(), goOn);
    signals.end();
    for (size_t i = 0; i < safety.augmentations.size(); ++i) {
        output.json(lineOf(record.id, safety, i));
        output.text(textOf(safety, i));
    }
    return Done;
}

} // namespace

Command labelSafetyCommand()
{
    Command command{.name = "label-safety", .operands = "RUN", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "count how many of a run's predictions each augmentation changes, class by class",
                    .details = "Tests the last weights of every finished fold on its held-out clips as they are and under each augmentation of "
                               "the chain alone, always acting. An augmentation that changes many predictions of a class takes away what "
                               "tells the class, or the model was never shown it. Mixings are left out: they change the label as well. The "
                               "intervals are 95 % Wilson intervals over clips. Nothing is stored.",
                    .options = {{"chain", "FILE|PRESET", "whose augmentations to try (default: those of the run's recipe)"},
                                {"draws", "K", "how often each augmentation is drawn for each clip (default 1)"},
                                {"dataset", "DATASET", "where the run's clips are now, if they were moved"},
                                runsOption},
                    .examples = {"melscope label-safety 3f9a", "melscope label-safety 3f9a --chain strong --draws 4 --json"},
                    .run = runLabelSafety};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
