// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

#include <cstdint>

namespace melscope {

/// Fills a convolutional network as torchvision does (convolutions He-normal by fan-out, linear layers uniform within
/// 1/sqrt(fan-in), norms at one and zero), from streams keyed by (seed, tensor), so that torch's generator plays no part.
void initialiseWeights(torch::nn::Module& module, uint64_t seed);

/// Gives every 4-D parameter and buffer the channels-last layout. To be called before an optimiser is built.
void useChannelsLast(torch::nn::Module& module);

} // namespace melscope
