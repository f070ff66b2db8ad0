// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "nn/Torch.h"

#include <vector>

namespace melscope {

/// How well the nearest neighbours of `clips` among each other tell their classes: the share whose class has most of the votes of
/// the 10 nearest by cosine, each weighted exp(cosine / 0.07) (Wu et al. 2018, arXiv 1805.01978). A clip never votes for itself,
/// nor does another of its source recording. features: [clip, dim]; chance where no clip has a neighbour.
double knnAccuracy(const torch::Tensor& features, const std::vector<int>& clips, const Dataset& dataset);

} // namespace melscope
