// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

#include <cstdint>
#include <functional>

namespace melscope {

/// Random numbers for the tensors of one network: the n-th that is filled draws from the n-th stream of the seed, so that torch's
/// generator plays no part.
class WeightFiller
{
public:
    explicit WeightFiller(uint64_t seed) : m_seed(seed) {}

    void normal(torch::Tensor tensor, double deviation);
    void uniform(torch::Tensor tensor, double bound); ///< within +-bound
    /// torch's own start of linear layers and of convolutions: weight and bias (where there is one) uniform within 1/sqrt(fan-in).
    void uniformByFanIn(torch::Tensor weight, torch::Tensor bias);

private:
    void fill(torch::Tensor& tensor, const std::function<double(class RandomStream&)>& draw);

    uint64_t m_seed;
    uint64_t m_filled = 0;
};

/// Fills a convolutional network as torchvision does (convolutions He-normal by fan-out, linear layers uniform within
/// 1/sqrt(fan-in), norms at one and zero).
void initialiseWeights(torch::nn::Module& module, uint64_t seed);

/// Gives every 4-D parameter and buffer the channels-last layout. To be called before an optimiser is built.
void useChannelsLast(torch::nn::Module& module);

} // namespace melscope
