// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "engine/NetworkMaker.h"

namespace melscope {

/// Measures what a job would cost: watches each kind of training for some seconds, at the speed that trainer and loader come to together
/// on the cores they share, times what an epoch ends with, and sums up what the recipe asks for of each. The trainer is the real one, in a folder of
/// its own under `scratch` that is removed afterwards. Of a large network a few clips a step are trained, and the memory of the recipe's batch is
/// told from theirs. On the training thread. goOn(message) false gives up: Error(Cancelled).
TrainingCost measureCost(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body, const std::filesystem::path& scratch,
                         const std::function<bool(const std::string& preparing)>& goOn);

} // namespace melscope
