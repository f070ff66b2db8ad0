// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <string>
#include <vector>

namespace melscope {

class RunStore;

/// What the report shows of one row below the table: the predictions of one seed, with probabilities.
struct ReportSection
{
    std::string title; ///< method and recipe, in brief
    std::string recipeChanges;
    uint64_t seed = 0;
    std::vector<std::string> classes;
    Predictions predictions;
};

/// The kept folds of every row that has a result, of its lowest seed. Throws Error (the store's).
std::vector<ReportSection> reportSections(const std::vector<AccuracyRow>& rows, const RunStore& store);

/// One self-contained page: heading, table, bar chart, and for every section its confusion matrix, reliability diagram, scores by
/// class and highest losses. Figures are inline SVG, nothing is fetched, and it follows the reader's light or dark theme.
std::string toHtml(const std::vector<AccuracyRow>& rows, const std::vector<ReportSection>& sections);

} // namespace melscope
