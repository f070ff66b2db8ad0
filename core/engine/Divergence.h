// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/BatchLoader.h"
#include "training/OneCycle.h"

#include <string>

namespace melscope {

/// Throws Error(Diverged): where `what` stopped being a number, and what to do. step: 1 ...
[[noreturn]] void throwDiverged(const std::string& what, int64_t step, const BatchPlan& plan, const OneCycle& schedule);

} // namespace melscope
