// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/HtmlReport.h"

#include "runs/AccuracyCells.h"
#include "runs/RunStore.h"
#include "runs/figures/AccuracyFigure.h"
#include "runs/figures/ConfusionFigure.h"
#include "runs/figures/ReliabilityFigure.h"
#include "statistics/ClassScores.h"

#include <algorithm>
#include <cstdio>

namespace melscope {
namespace {

constexpr const char* head = R"html(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Melscope: accuracy report</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.5 "DejaVu Sans", Helvetica, Arial, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; } h3 { font-size: 1rem; }
.wide { overflow-x: auto; } .figures { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }
table { border-collapse: collapse; font-size: 13px; } th, td { padding: .3rem .7rem; border-bottom: 1px solid #8886; text-align: left; white-space: nowrap; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; border: 1px solid #8884; } p.note { opacity: 0.75; }
</style></head><body>
)html";

std::string formatted(const char* format, double value)
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string cell(const char* element, const std::string& text, bool isFigure)
{
    return std::string("<") + element + (isFigure ? " class=\"figure\">" : ">") + xmlEscaped(text) + "</" + element + ">";
}

bool isText(AccuracyCellId id)
{
    return id == AccuracyCellId::Method || id == AccuracyCellId::Recipe || id == AccuracyCellId::Weights || id == AccuracyCellId::Dataset || id == AccuracyCellId::Selection;
}

/// What was changed in a recipe stands in its section: a dozen values would push the figures off the page.
std::string cellInBrief(const AccuracyRow& row, AccuracyCellId id)
{
    return id == AccuracyCellId::Recipe && row.count > 0 ? recipeInBrief(row) : accuracyCell(row, id);
}

std::string tableOf(const std::vector<AccuracyRow>& rows)
{
    std::string text = "<div class=\"wide\"><table><thead><tr>";
    for (const AccuracyColumn& column : accuracyColumns())
        text += cell("th", column.title, !isText(column.id));
    text += "</tr></thead><tbody>\n";
    for (const AccuracyRow& row : rows) {
        text += "<tr>";
        for (const AccuracyColumn& column : accuracyColumns())
            text += cell("td", cellInBrief(row, column.id), !isText(column.id));
        text += "</tr>\n";
    }
    return text + "</tbody></table></div>\n";
}

std::string classTable(const ConfusionMatrix& matrix)
{
    const std::vector<ClassScore> scores = classScores(matrix.counts);
    std::string text = "<table><thead><tr><th>Class</th><th class=\"figure\">Clips</th><th class=\"figure\">Precision</th>"
                       "<th class=\"figure\">Recall</th><th class=\"figure\">F1</th></tr></thead><tbody>\n";
    for (size_t label = 0; label < scores.size(); ++label) {
        const ClassScore& score = scores[label];
        text += "<tr>" + cell("td", matrix.classes[label], false) + cell("td", std::to_string(score.clips), true)
                + cell("td", formatted("%.3f", score.precision), true) + cell("td", formatted("%.3f", score.recall), true)
                + cell("td", formatted("%.3f", score.f1), true) + "</tr>\n";
    }
    return text + "</tbody></table>\n";
}

std::string highestLosses(const ReportSection& section)
{
    constexpr size_t shown = 12;
    std::vector<const ClipPrediction*> wrong;
    for (const ClipPrediction& clip : section.predictions)
        if (!clip.correct())
            wrong.push_back(&clip);
    if (wrong.empty())
        return "<p class=\"note\">Every clip was classified correctly.</p>\n";
    std::stable_sort(wrong.begin(), wrong.end(), [](const ClipPrediction* a, const ClipPrediction* b) { return a->loss > b->loss; });
    std::string text = "<table><thead><tr><th>Mistake</th><th>Is</th><th>Taken for</th><th class=\"figure\">Loss (nats)</th></tr></thead><tbody>\n";
    for (size_t i = 0; i < std::min(shown, wrong.size()); ++i) {
        const auto name = [&](int label) { return section.classes.at(static_cast<size_t>(label)); };
        text += "<tr>" + cell("td", wrong[i]->name, false) + cell("td", name(wrong[i]->label), false)
                + cell("td", name(wrong[i]->predicted), false) + cell("td", formatted("%.2f", wrong[i]->loss), true) + "</tr>\n";
    }
    text += "</tbody></table>\n";
    if (wrong.size() > shown)
        text += "<p class=\"note\">and " + std::to_string(wrong.size() - shown) + " more.</p>\n";
    return text;
}

std::string sectionText(const ReportSection& section)
{
    const ConfusionMatrix matrix = confusionMatrix(section.predictions, section.classes, false);
    std::vector<Confidence> confidences;
    for (const ClipPrediction& clip : section.predictions)
        if (static_cast<size_t>(clip.predicted) < clip.probabilities.size())
            confidences.push_back({static_cast<double>(clip.probabilities[static_cast<size_t>(clip.predicted)]), clip.correct()});
    return "<h2>" + xmlEscaped(section.title) + "</h2>\n<p class=\"note\">" + std::to_string(section.predictions.size()) + " held-out clips, seed "
           + std::to_string(section.seed) + ", without test-time augmentation."
           + (section.recipeChanges.empty() ? "" : " Changed in the recipe: " + xmlEscaped(section.recipeChanges) + ".") + "</p>\n<div class=\"figures\"><div><h3>Confusion matrix</h3>"
           + confusionFigure(matrix, 460) + "</div><div><h3>Calibration</h3>" + reliabilityFigure(calibrationOf(confidences), 480, 340)
           + "</div></div>\n<div class=\"figures\"><div><h3>By class</h3>" + classTable(matrix) + "</div><div><h3>Highest losses</h3>"
           + highestLosses(section) + "</div></div>\n";
}

} // namespace

std::vector<ReportSection> reportSections(const std::vector<AccuracyRow>& rows, const RunStore& store)
{
    std::vector<ReportSection> sections;
    for (const AccuracyRow& row : rows) {
        if (row.kept.empty())
            continue;
        const uint64_t seed = row.seeds.front();
        ReportSection section{.title = row.title + ", " + recipeInBrief(row), .recipeChanges = row.recipeChanges, .seed = seed};
        for (const KeptFold& kept : row.kept) {
            if (kept.seed != seed)
                continue;
            section.classes = store.find(kept.run).classes;
            for (const ClipPrediction& clip : store.predictions(kept.run))
                if (clip.fold == kept.fold)
                    section.predictions.push_back(clip);
        }
        sections.push_back(std::move(section));
    }
    return sections;
}

std::string toHtml(const std::vector<AccuracyRow>& rows, const std::vector<ReportSection>& sections)
{
    std::string text = head;
    text += "<h1>Accuracy report</h1>\n<p>" + xmlEscaped(accuracyHeading(rows)) + "</p>\n" + tableOf(rows) + "<h2>Accuracy with 95 % intervals</h2>\n"
            + accuracyFigure(rows, 900) + "\n";
    text += "<p class=\"note\">Published figures are of one unnamed fold of ESC-50 with 400 test clips; on other data they are no yardstick. p is "
            "McNemar's exact test, two-sided. \"Best epoch on the test clips\" is peeked: chosen by looking at the clips it is measured on.</p>\n";
    for (const ReportSection& section : sections)
        text += sectionText(section);
    return text + "</body></html>\n";
}

} // namespace melscope
