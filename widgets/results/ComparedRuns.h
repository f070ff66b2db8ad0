// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RecipeDifference.h"
#include "runs/RunComparison.h"
#include "runs/RunRecord.h"

#include <memory>
#include <vector>

namespace melscope {

/// Two runs side by side, as the compare page shows them.
struct ComparedRuns
{
    RunRecord first;
    RunRecord second;
    bool tta = false;
    RunComparison comparison;
    std::vector<SettingDifference> recipes;
    std::shared_ptr<const Predictions> firstPredictions; ///< what a queue of its clips needs
};

} // namespace melscope
