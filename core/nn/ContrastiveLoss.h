// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

namespace melscope {

/// NT-Xent, SimCLR's loss (Chen et al. 2020, arXiv 2002.05709, equation 1), and what is watched beside it.
struct ContrastiveLoss
{
    torch::Tensor loss;      ///< mean over all views, nats; carries the gradient
    int64_t right = 0;       ///< views whose partner is nearest of all others
    double alignment = 0.0;  ///< mean squared distance of partners (Wang and Isola 2020, arXiv 2005.10242), [0, 4]
    double uniformity = 0.0; ///< logarithm of the mean of exp(-2 distance^2) over all pairs of different views, [-8, 0]
};

/// `embeddings` [2 * pair, dim], of any length other than zero: row i and row pairs + i are two views of one clip; at least two
/// pairs. Computed in fp32.
ContrastiveLoss contrastiveLoss(const torch::Tensor& embeddings, double temperature);

} // namespace melscope
