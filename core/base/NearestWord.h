// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// The candidate with the fewest single-character edits from `word` (Levenshtein), for "did you mean"; empty where none
/// is within `farthest` edits.
std::string nearestWord(std::string_view word, const std::vector<std::string>& candidates, size_t farthest = 1000);

} // namespace melscope
