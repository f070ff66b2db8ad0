// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

namespace melscope {

/// Mean cross-entropy in nats of logits [batch, class] and labels [batch] (int64), with the true class's probability
/// smoothed to 1 - smoothing + smoothing / classes. Agrees with torch.nn.functional.cross_entropy.
torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& labels, double smoothing);

/// Mean cross-entropy in nats of logits [batch, class] and soft targets [batch, class] whose rows sum to 1. Its gradient is
/// that of the Kullback-Leibler divergence.
torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& targets);

} // namespace melscope
