// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

#include <string>
#include <utility>
#include <vector>

namespace melscope {

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

/// Parameters and buffers with the names and in the order of Python's state_dict(). The tensors share the module's memory.
NamedTensors stateDict(const torch::nn::Module& module);

/// Copies `tensors` into the module. Throws Error(Format) that names the first tensor that is missing, superfluous or of another shape
/// or type: strict, as in Python.
void loadStateDict(torch::nn::Module& module, const NamedTensors& tensors);

/// The same for a part of the module: every one of `tensors` must be its own, what is not among them stays.
void loadPart(torch::nn::Module& module, const NamedTensors& tensors);

int64_t countParameters(const torch::nn::Module& module);

} // namespace melscope
