// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Recipe.h"

namespace melscope {

/// "fp32" or "bf16": what the recipe asks for, and for auto what is faster for its network on this CPU. Throws as resolvePrecision().
std::string precisionOf(const Recipe& recipe);

} // namespace melscope
