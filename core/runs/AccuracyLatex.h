// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/AccuracyTable.h"

#include <string>

namespace melscope {

/// The table as LaTeX for a paper (booktabs): the columns that a reader of one wants, the heading as caption, the baseline named.
/// Text is escaped; nothing but \usepackage{booktabs} is needed.
std::string toLatex(const std::vector<AccuracyRow>& rows);

std::string latexEscaped(const std::string& utf8);

} // namespace melscope
