// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "dataset/DatasetScan.h"
#include "dataset/Folds.h"

#include <algorithm>
#include <map>
#include <thread>

namespace melscope::cli {
namespace {

struct Totals
{
    std::map<int, int> clipsAtRate;
    double seconds = 0.0;
    int readable = 0;
};

Totals totalsOf(const std::vector<ClipFacts>& facts)
{
    Totals totals;
    for (const ClipFacts& fact : facts) {
        if (!fact.readable)
            continue;
        ++totals.readable;
        ++totals.clipsAtRate[fact.info.sampleRate];
        totals.seconds += fact.info.seconds();
    }
    return totals;
}

Json describe(const Dataset& dataset, const Totals& totals, const std::vector<Problem>& problems)
{
    Json rates = Json::object();
    for (const auto& [rate, clips] : totals.clipsAtRate)
        rates[std::to_string(rate)] = clips;
    return {{"clips", dataset.clips.size()}, {"classes", dataset.classes.size()}, {"folds", dataset.folds},
            {"sample_rates", rates}, {"seconds", totals.seconds}, {"problems", toJson(problems)},
            {"name", dataset.name}, {"layout", dataset.layout}, {"folds_are_own", dataset.foldsAreOwn},
            {"class_names", dataset.classes}};
}

void print(const Dataset& dataset, const Totals& totals, Output& output)
{
    std::string rates;
    for (const auto& [rate, clips] : totals.clipsAtRate)
        rates += (rates.empty() ? "" : ", ") + std::to_string(clips) + " at " + std::to_string(rate) + " Hz";
    output.text(dataset.name + ": " + std::to_string(dataset.clips.size()) + " clips in " + std::to_string(dataset.classes.size())
                + " classes, layout " + dataset.layout + ", " + duration(totals.seconds) + " of sound"
                + (rates.empty() ? "." : " (" + rates + ")."));
    for (const int fold : dataset.folds)
        output.text("  fold " + std::to_string(fold) + ": " + std::to_string(clipsInFold(dataset, fold).size()) + " clips");
    if (!dataset.foldsAreOwn)
        output.text("  The dataset has no folds; these were made: stratified, clips of one source together.");
    for (size_t label = 0; label < dataset.classes.size(); ++label) {
        const auto count = std::ranges::count(dataset.clips, static_cast<int>(label), &Clip::label);
        output.text("  " + dataset.classes[label] + ": " + std::to_string(count));
    }
}

int runInfo(const Arguments& arguments, Output& output)
{
    const Dataset dataset = openDataset(arguments.operands().front(), openOptionsFrom(arguments));
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const ScanResult scan = scanDataset(dataset, arguments.has("deep"), threads, {},
                                        [&](int done, int total) { output.progress("Reading clips:", done, total); });
    std::vector<Problem> problems = dataset.problems;
    problems.insert(problems.end(), scan.problems.begin(), scan.problems.end());
    const std::vector<Problem> leaks = findLeaks(dataset);
    problems.insert(problems.end(), leaks.begin(), leaks.end());
    const Totals totals = totalsOf(scan.facts);
    output.json(describe(dataset, totals, problems));
    print(dataset, totals, output);
    showProblems(problems, output);
    return Done;
}

} // namespace

Command datasetInfoCommand()
{
    Command command{.name = "dataset info", .operands = "DATASET", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "what a dataset holds, and what is wrong with it",
                    .details = "Recognises the ESC-50 layout (also nested one folder down), UrbanSound8K, a folder per class and "
                               "any CSV file whose columns are named. Reads every file's header; lists missing, damaged, empty and "
                               "unusual files, and sources that stand in several folds, as problems. None of them ends the command.",
                    .options = datasetOptions(),
                    .examples = {"melscope dataset info ESC-50-master --json",
                                 "melscope dataset info clips.csv --file-column path --label-column species --folds-made 5"},
                    .run = runInfo};
    command.options.insert(command.options.begin(), {"deep", "", "decode every clip as well: finds damage, silence and clipping"});
    return command;
}

} // namespace melscope::cli
