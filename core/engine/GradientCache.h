// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

#include <functional>

namespace melscope {

/// Adds the gradients of a loss over a whole batch to a module's parameters, though only `chunk` examples go through the module
/// at a time (GradCache, Gao et al. 2021, arXiv 2101.06983): the embeddings are computed without a graph, the loss gives
/// their gradients, and a second forward pass of every chunk carries those on. The same gradients as with all chunks' graphs
/// in memory, for a third more time. Batch norms see chunks; their running statistics count each of them once.
/// embed: [example, ...] -> [example, dim], the same in both passes; loss: [batch, dim] -> scalar. Returns the loss.
torch::Tensor backwardInChunks(torch::nn::Module& module, const torch::Tensor& input, int64_t chunk,
                               const std::function<torch::Tensor(const torch::Tensor& input)>& embed,
                               const std::function<torch::Tensor(const torch::Tensor& embeddings)>& loss);

} // namespace melscope
