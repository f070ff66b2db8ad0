// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "dataset/Dataset.h"

namespace melscope::cli {

inline const Option foldOption{"fold", "N", "the fold to leave out (default: the dataset's last)"};

/// `word` as one of the dataset's folds. Throws UsageError that lists them.
int foldFrom(const std::string& word, const Dataset& dataset);
/// What --fold says, or the dataset's last one.
int foldFrom(const Arguments& arguments, const Dataset& dataset);
/// "1, 2, 5"
std::string listed(const std::vector<int>& numbers);

} // namespace melscope::cli
