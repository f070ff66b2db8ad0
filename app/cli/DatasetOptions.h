// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "dataset/Dataset.h"

#include <vector>

namespace melscope::cli {

/// --file-column, --label-column, --fold-column, --source-column, --folds-made, --fold-seed: how to open a dataset.
const std::vector<Option>& datasetOptions();
OpenOptions openOptionsFrom(const Arguments& arguments); ///< Throws UsageError.

/// As in every "problems" list: {"file", "kind", "message"}.
Json toJson(const std::vector<Problem>& problems);
/// The first few on standard error, then how many more.
void showProblems(const std::vector<Problem>& problems, Output& output);

} // namespace melscope::cli
