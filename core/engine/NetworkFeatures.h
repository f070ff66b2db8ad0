// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "nn/Network.h"

#include <functional>
#include <vector>

namespace melscope {

/// Network::features() in fp32, computed in bf16 where that is wanted. In the mode the network is in; carries gradients.
torch::Tensor networkFeatures(Network& network, const torch::Tensor& input, bool bf16);

/// Features [clip, feature] of clips as they are, in evaluation mode and without gradients, `batch` at a time.
/// `tick` (where given) is called with the clips done so far before each part and at the end; what it throws ends it.
torch::Tensor featuresOf(Network& network, const FoldData& data, const std::vector<int>& clips, int64_t batch, bool bf16,
                         const std::function<void(size_t done)>& tick = {});

} // namespace melscope
