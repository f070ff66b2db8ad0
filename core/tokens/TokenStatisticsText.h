// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenStatistics.h"

#include "base/Json.h"

namespace melscope {

/// The figures that are one number or name each, by name.
Json summaryJson(const TokenStatistics& statistics, const TokenSet& set);
/// The same as CSV, one line a figure: figure, value.
std::string summaryCsv(const TokenStatistics& statistics, const TokenSet& set);

/// Everything but the bigram table, of which the commonest pairs are listed.
Json toJson(const TokenStatistics& statistics, const TokenSet& set);

/// One line a code: code, usage, share, commonest class and its share, bits about the class, then the counts by row, column and class.
/// RFC 4180.
std::string codeTableCsv(const TokenStatistics& statistics, const TokenSet& set);
/// One line a place in the layout: row, column, how many of the clips are silent there.
std::string silenceCsv(const TokenStatistics& statistics);
/// One line a pair that occurs, the commonest first: code, next, count.
std::string bigramCsv(const TokenStatistics& statistics);

} // namespace melscope
