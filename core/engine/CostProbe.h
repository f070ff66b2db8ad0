// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "engine/NetworkMaker.h"

namespace melscope {

/// Measures what a job would cost by training its recipe on a few batches, through the same trainer, in a folder of its own under
/// `scratch` that is removed afterwards. On the training thread. goOn(message) false gives up: Error(Cancelled).
TrainingCost measureCost(const FoldJob& job, FoldData data, const NetworkMaker& make, const NamedTensors& body, const std::filesystem::path& scratch,
                         const std::function<bool(const std::string& preparing)>& goOn);

} // namespace melscope
