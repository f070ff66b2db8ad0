// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunLabelSafety.h"

#include "augment/ChainParts.h"
#include "base/CsvText.h"
#include "runs/RunStore.h"

namespace melscope {
namespace {

std::string line(const std::string& name, const std::vector<ChangedShare>& row)
{
    std::string text = csvCell(name) + ',' + std::to_string(row.empty() ? 0 : row.front().clips);
    for (const ChangedShare& cell : row)
        text += cell.clips == 0 ? ",,," : ',' + csvCell(cell.share) + ',' + csvCell(cell.interval.low) + ',' + csvCell(cell.interval.high);
    return text + "\n";
}

} // namespace

LabelSafety measureLabelSafety(const RunStore& store, const RunRecord& run, std::shared_ptr<const Dataset> dataset,
                               const LabelSafetySettings& settings, Engine& engine, const std::function<bool(int, int)>& goOn)
{
    if (run.results.empty())
        throw Error(ErrorKind::Empty, "Run " + run.id + " has no finished fold to test; finish it with: melscope resume " + run.id);
    const Recipe recipe = store.recipe(run.id);
    const std::vector<ChainPart> parts = eachAlone(settings.chain.value_or(recipe.augmentation));
    if (parts.empty())
        throw Error(ErrorKind::Empty, "The chain has no augmentation that could change a prediction; choose one that has.");
    std::vector<AugmentationChain> chains;
    std::vector<std::string> titles;
    for (const ChainPart& part : parts) {
        chains.push_back(part.chain);
        titles.push_back(part.title);
    }
    if (!dataset)
        dataset = store.openRecordedDataset(run.id);
    int total = 0;
    for (const FoldRecord& fold : run.results)
        total += fold.count;
    std::vector<AugmentedLabels> all;
    for (const FoldRecord& fold : run.results) {
        const FoldJob job{.dataset = dataset, .recipe = recipe, .fold = fold.fold, .seed = run.seed, .folder = store.runFolder(run.id)};
        const int before = static_cast<int>(all.size());
        const auto labels = engine.labelsUnder(job, chains, settings.draws, [&](int done, int) { return goOn(before + done, total); });
        all.insert(all.end(), labels.begin(), labels.end());
    }
    return labelSafety(all, dataset->classes, titles);
}

std::string toCsv(const LabelSafety& safety)
{
    std::string text = "class,n";
    for (const std::string& title : safety.augmentations)
        text += ',' + csvCell(title) + ',' + csvCell(title + " low") + ',' + csvCell(title + " high");
    text += "\n" + line("all", safety.overall);
    for (size_t label = 0; label < safety.classes.size(); ++label)
        text += line(safety.classes[label], safety.byClass[label]);
    return text;
}

} // namespace melscope
