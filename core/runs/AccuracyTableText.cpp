// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyTable.h"

#include "base/CsvText.h"
#include "runs/AccuracyCells.h"

#include <algorithm>
#include <type_traits>

namespace melscope {
namespace {

std::string markdownCell(std::string text)
{
    for (size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, "\\");
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

template<typename Value>
std::string joined(const std::vector<Value>& values)
{
    std::string text;
    for (const Value& value : values) {
        text += &value == values.data() ? "" : " ";
        if constexpr (std::is_same_v<Value, std::string>)
            text += value;
        else if constexpr (std::is_same_v<Value, double>)
            text += csvCell(value);
        else
            text += std::to_string(value);
    }
    return text;
}

bool hasResult(const AccuracyRow& row)
{
    return row.count > 0;
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
    if (!alike) {
        const auto single = std::count_if(filled.begin(), filled.end(), [](const AccuracyRow* row) { return row->folds.size() == 1; });
        return "The rows stand on different folds, so they are not comparable as they are: run the same folds for each. "
               + (single > 0 ? std::to_string(single) + " of " + std::to_string(filled.size()) + " stand on one fold alone, and other folds may "
                               "differ by several points. " : std::string())
               + "Intervals are Wilson 95 % on distinct clips.";
    }
    const std::string folds = std::to_string(first.datasetFolds.size());
    if (first.folds.size() == first.datasetFolds.size())
        return "All " + folds + " folds were run: mean ± standard deviation over folds of the last epoch, with the Wilson 95 % interval "
               "on distinct clips.";
    if (first.folds.size() == 1)
        return "Only fold " + std::to_string(first.folds.front()) + " of " + folds + " was run: other folds may differ by several points, "
               "and the interval (Wilson 95 %) knows only the chance in this fold's clips. Run all folds for a figure to rely on.";
    return "Only folds " + accuracyCell(first, AccuracyCellId::Folds) + " were run: the rest may differ. Intervals are Wilson 95 % on "
           "distinct clips.";
}

std::string toMarkdown(const std::vector<AccuracyRow>& rows)
{
    std::string text = "|", rule = "|";
    for (const AccuracyColumn& column : accuracyColumns()) {
        text += std::string(" ") + column.title + " |";
        rule += "---|";
    }
    text += "\n" + rule + "\n";
    for (const AccuracyRow& row : rows) {
        for (const AccuracyColumn& column : accuracyColumns())
            text += "| " + markdownCell(accuracyCell(row, column.id)) + " ";
        text += "|\n";
    }
    return text;
}

std::string toCsv(const std::vector<AccuracyRow>& rows)
{
    std::string text = "method,title,status,recipe,dataset,accuracy,interval_low,interval_high,clips,distinct_clips,folds,dataset_folds,seeds,"
                       "fold_mean,fold_sd,fold_accuracies,tta_views,tta_accuracy,tta_interval_low,tta_interval_high,tta_fold_mean,tta_fold_sd,"
                       "tta_gain,macro_f1,bootstrap_low,bootstrap_high,sources,is_baseline,difference,difference_low,difference_high,mcnemar_p,"
                       "common_clips,only_this_right,only_baseline_right,parameters,seconds_per_fold,selection,peeked_accuracy,"
                       "published_accuracy,published_tta_accuracy,weights,weights_sha256,trained_on,runs\n";
    for (const AccuracyRow& row : rows) {
        const bool done = hasResult(row);
        const bool hasTta = done && row.ttaViews > 0;
        const bool hasFigures = row.figures.has_value(), compared = row.difference.has_value();
        const RowFigures figures = row.figures.value_or(RowFigures{});
        const RowDifference against = row.difference.value_or(RowDifference{});
        const auto count = [](bool present, int64_t value) { return present ? std::to_string(value) : std::string(); };
        const auto optional = [](const std::optional<double>& value) { return value ? csvCell(*value) : std::string(); };
        const std::vector<std::string> cells{
            csvCell(row.method), csvCell(row.title), done ? "run" : row.available ? "not run" : "unavailable", csvCell(row.recipe),
            csvCell(row.dataset), csvShare(done, row.accuracy), csvShare(done, row.interval.low), csvShare(done, row.interval.high),
            count(done, row.count), count(done, row.distinctClips), joined(row.folds), joined(row.datasetFolds), joined(row.seeds),
            csvShare(done, row.overFolds.mean), csvShare(done, row.overFolds.deviation), joined(row.foldAccuracies), count(done, row.ttaViews),
            csvShare(hasTta, row.ttaAccuracy), csvShare(hasTta, row.ttaInterval.low), csvShare(hasTta, row.ttaInterval.high),
            csvShare(hasTta, row.ttaOverFolds.mean), csvShare(hasTta, row.ttaOverFolds.deviation), optional(figures.ttaGain),
            csvShare(hasFigures, figures.macroF1), csvShare(hasFigures, figures.bootstrap.low), csvShare(hasFigures, figures.bootstrap.high),
            count(hasFigures, figures.sources), count(done, row.isBaseline ? 1 : 0), csvShare(compared, against.difference),
            csvShare(compared, against.interval.low), csvShare(compared, against.interval.high), csvShare(compared, against.p),
            count(compared, against.counts.count()), count(compared, against.counts.onlyFirst), count(compared, against.counts.onlySecond),
            count(done, row.parameters), csvShare(done, row.secondsPerFold), csvCell(row.selection), optional(figures.peekedAccuracy),
            csvCell(row.publishedAccuracy), csvShare(row.publishedTtaAccuracy > 0.0, row.publishedTtaAccuracy), csvCell(row.weights),
            row.weightsSha256, csvCell(row.trainedOn), joined(row.runs)};
        for (const std::string& cell : cells)
            text += (&cell == cells.data() ? "" : ",") + cell;
        text += '\n';
    }
    return text;
}

} // namespace melscope
