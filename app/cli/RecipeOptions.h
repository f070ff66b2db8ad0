// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "training/Recipe.h"

namespace melscope::cli {

inline const Option settingOption{"set", "KEY=VALUE", "change one of the recipe's values, e.g. training.epochs=10; may be repeated"};

/// A shipped recipe or a recipe file, with --set applied. Throws UsageError for an unknown recipe, key or value, and Error
/// for a file that cannot be read.
Recipe recipeFrom(const std::string& nameOrFile, const std::vector<Setting>& settings);

} // namespace melscope::cli
