// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/StateDict.h"
#include "weights/WeightTensor.h"

namespace melscope {

/// Tensors of a weight file for torch: contiguous, with memory of their own.
NamedTensors toTensors(const std::vector<WeightTensor>& weights);

/// Their names, types and shapes, without storages. Throws Error(Unsupported) for element types that weight files do not have.
std::vector<WeightTensor> layoutOf(const NamedTensors& tensors);

/// Tensors for a weight file, row-major; they share the memory of those that are so already. Throws as layoutOf().
std::vector<WeightTensor> toWeights(const NamedTensors& tensors);

} // namespace melscope
