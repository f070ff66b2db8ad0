// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "nn/Network.h"

#include <vector>

namespace melscope {

/// Network::features() in fp32, computed in bf16 where that is wanted. In the mode the network is in; carries gradients.
torch::Tensor networkFeatures(Network& network, const torch::Tensor& input, bool bf16);

/// Features [clip, feature] of clips as they are, in evaluation mode and without gradients, `batch` at a time.
torch::Tensor featuresOf(Network& network, const FoldData& data, const std::vector<int>& clips, int64_t batch, bool bf16);

} // namespace melscope
