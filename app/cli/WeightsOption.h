// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "training/Method.h"
#include "training/Recipe.h"

namespace melscope::cli {

inline const Option weightsOption{"weights", "FILE", "pretrained weights to start from: .pth, .pt or .safetensors, see melscope weights inspect"};

/// The recipe's method. Throws UsageError where this version cannot run it, or where it takes no --weights and some are given.
const Method& methodOf(const Recipe& recipe, const Arguments& arguments);

/// Sets the weights that --weights names, or else completes those that the recipe names, and says on standard error what the run
/// starts from. Throws Error for a file that cannot be read or that the method cannot start from.
void chooseWeights(Recipe& recipe, const Method& method, const Arguments& arguments, Output& output);

} // namespace melscope::cli
