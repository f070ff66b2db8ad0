// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyCells.h"

#include <cmath>
#include <cstdio>

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
    return formatted("%.1f %%", percentTenths(share));
}

std::string percent(const Interval& interval)
{
    return formatted("%.1f–%.1f %%", percentTenths(interval.low), percentTenths(interval.high));
}

std::string withDeviation(double share, const MeanAndDeviation& overFolds)
{
    if (std::isnan(overFolds.deviation))
        return percent(share);
    return formatted("%.1f ± %.1f %%", percentTenths(overFolds.mean), percentTenths(overFolds.deviation));
}

template<typename Value>
std::string joined(const std::vector<Value>& values, const char* separator)
{
    std::string text;
    for (const Value& value : values)
        text += (&value == values.data() ? "" : separator) + std::to_string(value);
    return text;
}

std::string foldsText(const AccuracyRow& row)
{
    const size_t all = row.datasetFolds.size();
    if (row.folds.size() == all)
        return "all " + std::to_string(all);
    return joined(row.folds, ", ") + " (" + std::to_string(row.folds.size()) + " of " + std::to_string(all) + ")";
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

std::string signedPoints(double share)
{
    // A true minus: a hyphen before a figure is read as a range in tables.
    return (share < 0.0 ? "−" : "+") + formatted("%.1f", percentTenths(std::abs(share)));
}

std::string sourcesText(const RowFigures& figures)
{
    return figures.sources > 0 ? " (" + std::to_string(figures.sources) + " sources)" : " (by clip: sources not known)";
}

std::string byFold(const AccuracyRow& row)
{
    std::string text;
    for (size_t i = 0; i < row.foldAccuracies.size(); ++i)
        text += (i > 0 ? " / " : "") + formatted("%.1f", percentTenths(row.foldAccuracies[i]));
    return text;
}

std::string differenceText(const AccuracyRow& row)
{
    if (row.isBaseline)
        return "baseline";
    if (!row.difference)
        return nothing;
    return signedPoints(row.difference->difference) + " (p " + probabilityText(row.difference->p) + ", n " + std::to_string(row.difference->counts.count()) + ")";
}

std::string ofRow(const AccuracyRow& row, AccuracyCellId id)
{
    const bool hasTta = row.ttaViews > 0;
    const auto& figures = row.figures;
    switch (id) {
    case AccuracyCellId::Method: return row.title;
    case AccuracyCellId::Recipe: return row.recipe;
    case AccuracyCellId::Weights: return weightsText(row);
    case AccuracyCellId::Dataset: return row.dataset;
    case AccuracyCellId::Accuracy: return withDeviation(row.accuracy, row.overFolds);
    case AccuracyCellId::Wilson: return percent(row.interval);
    case AccuracyCellId::Clips: return clipsText(row);
    case AccuracyCellId::Folds: return foldsText(row);
    case AccuracyCellId::Seeds: return joined(row.seeds, ", ");
    case AccuracyCellId::Tta: return hasTta ? withDeviation(row.ttaAccuracy, row.ttaOverFolds) : nothing;
    case AccuracyCellId::TtaInterval:
        return hasTta ? percent(row.ttaInterval) + " (" + std::to_string(row.ttaViews) + " views)" : nothing;
    case AccuracyCellId::ByFold: return byFold(row);
    case AccuracyCellId::Clustered: return figures ? percent(figures->bootstrap) + sourcesText(*figures) : nothing;
    case AccuracyCellId::TtaGain: return figures && figures->ttaGain ? signedPoints(*figures->ttaGain) : nothing;
    case AccuracyCellId::MacroF1: return figures ? formatted("%.3f", figures->macroF1) : nothing;
    case AccuracyCellId::Difference: return differenceText(row);
    case AccuracyCellId::Parameters: return parametersText(row.parameters);
    case AccuracyCellId::Time: return duration(row.secondsPerFold);
    case AccuracyCellId::Selection: return row.selection;
    case AccuracyCellId::Peeked: return figures && figures->peekedAccuracy ? percent(*figures->peekedAccuracy) + " (peeked)" : nothing;
    case AccuracyCellId::Published: return published(row);
    }
    return nothing;
}

} // namespace

const std::vector<AccuracyColumn>& accuracyColumns()
{
    using enum AccuracyCellId;
    static const std::vector<AccuracyColumn> columns{
        {Method, "Method"}, {Recipe, "Recipe"}, {Weights, "Weights"}, {Dataset, "Dataset"}, {Accuracy, "Accuracy"}, {Wilson, "95 % interval"}, {Clips, "Clips"},
        {Folds, "Folds"}, {Seeds, "Seeds"}, {Tta, "With TTA"}, {TtaInterval, "TTA interval"}, {TtaGain, "TTA gain (points)"},
        {ByFold, "By fold (%)"}, {Clustered, "Bootstrap by source"}, {MacroF1, "Macro-F1"}, {Difference, "Against the baseline (points)"},
        {Parameters, "Parameters"}, {Time, "Time per fold"}, {Selection, "Selection"}, {Peeked, "Best epoch on the test clips"},
        {Published, "Published (ESC-50)"}};
    return columns;
}

std::string recipeInBrief(const AccuracyRow& row)
{
    std::string text = row.recipe;
    if (const size_t at = text.find('(' + row.recipeChanges + ')'); !row.recipeChanges.empty() && at != std::string::npos)
        text.replace(at + 1, row.recipeChanges.size(), "changed");
    return text;
}

double percentTenths(double share)
{
    // printf rounds halves to even, and a gain of one clip of 80 is 0.0125 but for the last bit of a subtraction
    return std::round(1000.0 * share + std::copysign(1e-6, share)) / 10.0;
}

std::string probabilityText(double p)
{
    return p < 0.001 ? "< 0.001" : formatted("%.3f", p);
}

std::string accuracyCell(const AccuracyRow& row, AccuracyCellId id)
{
    if (row.count > 0 || id == AccuracyCellId::Method || id == AccuracyCellId::Published)
        return ofRow(row, id);
    if (id == AccuracyCellId::Recipe)
        return row.available ? "not run yet" : "this version cannot run it";
    return nothing;
}

} // namespace melscope
