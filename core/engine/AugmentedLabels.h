// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Evaluator.h"
#include "training/LabelSafety.h"

#include <functional>
#include <vector>

namespace melscope {

/// What the model takes the held-out clips for, as they are and under each chain: see Engine::labelsUnder().
std::vector<AugmentedLabels> labelsUnder(Predictor& predictor, const FoldData& data, int batch, const std::vector<AugmentationChain>& chains,
                                         int draws, const std::function<bool(int done, int total)>& goOn);

/// Gives the fold's clips samples where a chain acts on them and the recipe's own did not: decoded when they are asked for, a
/// few remembered.
void addSamplesFor(const std::vector<AugmentationChain>& chains, FoldData& data);

} // namespace melscope
