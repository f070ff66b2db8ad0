// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "tokens/TokenFitting.h"

namespace melscope::cli {

/// --front-end, --seed and --set, whose keys are the front end's and the tokenizer's. Throws UsageError.
TokenSettings tokenSettingsFrom(const Arguments& arguments);

/// Statistics as lines of text: what a person wants to know first.
void printStatistics(const TokenSet& set, const std::vector<int>& clips, Output& output);

} // namespace melscope::cli
