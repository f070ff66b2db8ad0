// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <string>
#include <vector>

namespace melscope {

enum class AccuracyCellId {
    Method, Recipe, Weights, Dataset, Accuracy, Wilson, Clips, Folds, Seeds, Tta, TtaInterval, TtaGain, ByFold, Clustered, MacroF1, Difference, Parameters,
    Time, Selection, Peeked, Published
};

struct AccuracyColumn
{
    AccuracyCellId id;
    const char* title;
};

/// What the table's written forms (Markdown, LaTeX, HTML) share: their columns in order, and the text of a cell in UTF-8, a dash
/// where there is no figure.
const std::vector<AccuracyColumn>& accuracyColumns();
std::string accuracyCell(const AccuracyRow& row, AccuracyCellId id);

std::string recipeInBrief(const AccuracyRow& row); ///< "simclr-quick (changed)": without the list of what was changed

double percentTenths(double share);         ///< in per cent, rounded to one decimal, halves up: 73 of 80 are 91.3, as the window says
std::string probabilityText(double p); ///< "0.012", "< 0.001"

} // namespace melscope
