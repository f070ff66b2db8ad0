// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

namespace melscope {

/// Stochastic depth (Huang et al. 2016, arXiv 1603.09382): in training leaves out the residual `x` [batch, ...] of an example with that
/// probability, and makes up for it in the others. Draws from torch's generator.
inline torch::Tensor dropPath(const torch::Tensor& x, double probability, bool training)
{
    if (!training || probability <= 0.0)
        return x;
    std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
    shape[0] = x.size(0);
    const double kept = 1.0 - probability;
    return x * torch::empty(shape, x.options()).bernoulli_(kept).div_(kept);
}

} // namespace melscope
