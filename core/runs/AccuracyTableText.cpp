// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyTable.h"

#include "base/CsvText.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <type_traits>

namespace melscope {
namespace {

constexpr const char* nothing = "–";

std::string formatted(const char* format, auto... values)
{
    char text[96];
    std::snprintf(text, sizeof text, format, values...);
    return text;
}

std::string percent(double share)
{
    return formatted("%.1f %%", 100.0 * share);
}

std::string percent(const Interval& interval)
{
    return formatted("%.1f–%.1f %%", 100.0 * interval.low, 100.0 * interval.high);
}

std::string withDeviation(double share, const MeanAndDeviation& overFolds)
{
    if (std::isnan(overFolds.deviation))
        return percent(share);
    return formatted("%.1f ± %.1f %%", 100.0 * overFolds.mean, 100.0 * overFolds.deviation);
}

template<typename Value>
std::string joined(const std::vector<Value>& values, const char* separator)
{
    std::string text;
    for (const Value& value : values) {
        if (&value != values.data())
            text += separator;
        if constexpr (std::is_same_v<Value, std::string>)
            text += value;
        else
            text += std::to_string(value);
    }
    return text;
}

std::string foldsText(const AccuracyRow& row)
{
    const size_t all = row.datasetFolds.size();
    if (row.folds.size() == all)
        return "all " + std::to_string(all);
    return joined(row.folds, ", ") + " of " + std::to_string(all);
}

std::string clipsText(const AccuracyRow& row)
{
    if (row.count == row.distinctClips)
        return std::to_string(row.count);
    return std::to_string(row.distinctClips) + " (" + std::to_string(row.count) + " with all seeds)";
}

std::string duration(double seconds)
{
    const auto total = static_cast<long>(std::lround(seconds));
    if (total < 60)
        return formatted("%.1f s", seconds);
    if (total < 3600)
        return formatted("%ld min %02ld s", total / 60, total % 60);
    return formatted("%ld h %02ld min", total / 3600, total / 60 % 60);
}

std::string parametersText(int64_t parameters)
{
    return parameters > 0 ? formatted("%.2f M", static_cast<double>(parameters) / 1e6) : nothing;
}

std::string published(const AccuracyRow& row)
{
    std::string text = formatted("%g %%", 100.0 * row.publishedAccuracy);
    if (row.publishedTtaAccuracy > 0.0)
        text += formatted(" (TTA %g %%)", 100.0 * row.publishedTtaAccuracy);
    return text;
}

std::string markdownCell(std::string text)
{
    for (size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, "\\");
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

bool hasResult(const AccuracyRow& row)
{
    return row.count > 0;
}

std::vector<std::string> markdownCells(const AccuracyRow& row)
{
    if (!hasResult(row))
        return {row.title, row.available ? "not run yet" : "this version cannot run it", nothing, nothing, nothing, nothing, nothing,
                nothing, nothing, nothing, nothing, nothing, nothing, nothing, published(row)};
    const bool hasTta = row.ttaViews > 0;
    return {row.title, row.recipe, weightsText(row), row.dataset, withDeviation(row.accuracy, row.overFolds), percent(row.interval), clipsText(row),
            foldsText(row), joined(row.seeds, ", "), hasTta ? withDeviation(row.ttaAccuracy, row.ttaOverFolds) : nothing,
            hasTta ? percent(row.ttaInterval) + " (" + std::to_string(row.ttaViews) + " views)" : nothing,
            parametersText(row.parameters), duration(row.secondsPerFold), row.selection, published(row)};
}

std::string csvShare(bool present, double value)
{
    return present ? csvCell(value) : std::string();
}

} // namespace

std::string weightsText(const AccuracyRow& row)
{
    if (!hasResult(row))
        return {};
    return row.weights.empty() ? "none, from scratch" : row.weights + ", trained on: " + row.trainedOn;
}

std::string accuracyHeading(const std::vector<AccuracyRow>& rows)
{
    std::vector<const AccuracyRow*> filled;
    for (const AccuracyRow& row : rows)
        if (hasResult(row))
            filled.push_back(&row);
    if (filled.empty())
        return "Nothing has been trained to its end yet. Choose a recipe on the Train page, or run `melscope train DATASET --recipe "
               "resnet34-quick --folds all`, and its row fills here.";
    const AccuracyRow& first = *filled.front();
    const bool alike = std::all_of(filled.begin(), filled.end(), [&](const AccuracyRow* row) {
        return row->folds == first.folds && row->datasetFolds == first.datasetFolds;
    });
    if (!alike)
        return "The rows stand on different folds, so they are not comparable as they are: run the same folds for each. Intervals are "
               "Wilson 95 % on distinct clips.";
    const std::string folds = std::to_string(first.datasetFolds.size());
    if (first.folds.size() == first.datasetFolds.size())
        return "All " + folds + " folds were run: mean ± standard deviation over folds of the last epoch, with the Wilson 95 % interval "
               "on distinct clips.";
    if (first.folds.size() == 1)
        return "Only fold " + std::to_string(first.folds.front()) + " of " + folds + " was run: other folds may differ by several points, "
               "and the interval (Wilson 95 %) knows only the chance in this fold's clips. Run all folds for a figure to rely on.";
    return "Only folds " + joined(first.folds, ", ") + " of " + folds + " were run: the rest may differ. Intervals are Wilson 95 % on "
           "distinct clips.";
}

std::string toMarkdown(const std::vector<AccuracyRow>& rows)
{
    std::string text = "| Method | Recipe | Weights | Dataset | Accuracy | 95 % interval | Clips | Folds | Seeds | With TTA | TTA interval | Parameters "
                       "| Time per fold | Selection | Published |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
    for (const AccuracyRow& row : rows) {
        for (const std::string& cell : markdownCells(row))
            text += "| " + markdownCell(cell) + " ";
        text += "|\n";
    }
    return text;
}

std::string toCsv(const std::vector<AccuracyRow>& rows)
{
    std::string text = "method,title,status,recipe,dataset,accuracy,interval_low,interval_high,clips,distinct_clips,folds,dataset_folds,seeds,"
                       "fold_mean,fold_sd,tta_views,tta_accuracy,tta_interval_low,tta_interval_high,tta_fold_mean,tta_fold_sd,parameters,"
                       "seconds_per_fold,selection,published_accuracy,published_tta_accuracy,weights,weights_sha256,trained_on,runs\n";
    for (const AccuracyRow& row : rows) {
        const bool done = hasResult(row);
        const bool hasTta = done && row.ttaViews > 0;
        const auto count = [&](int64_t value) { return done ? std::to_string(value) : std::string(); };
        const std::vector<std::string> cells{
            csvCell(row.method), csvCell(row.title), done ? "run" : row.available ? "not run" : "unavailable", csvCell(row.recipe),
            csvCell(row.dataset), csvShare(done, row.accuracy), csvShare(done, row.interval.low), csvShare(done, row.interval.high),
            count(row.count), count(row.distinctClips), joined(row.folds, " "), joined(row.datasetFolds, " "), joined(row.seeds, " "),
            csvShare(done, row.overFolds.mean), csvShare(done, row.overFolds.deviation), count(row.ttaViews),
            csvShare(hasTta, row.ttaAccuracy), csvShare(hasTta, row.ttaInterval.low), csvShare(hasTta, row.ttaInterval.high),
            csvShare(hasTta, row.ttaOverFolds.mean), csvShare(hasTta, row.ttaOverFolds.deviation), count(row.parameters),
            csvShare(done, row.secondsPerFold), csvCell(row.selection), csvCell(row.publishedAccuracy),
            csvShare(row.publishedTtaAccuracy > 0.0, row.publishedTtaAccuracy), csvCell(row.weights), row.weightsSha256,
            csvCell(row.trainedOn), joined(row.runs, " ")};
        text += joined(cells, ",") + '\n';
    }
    return text;
}

} // namespace melscope
