// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

namespace melscope {

/// torch's layer norm, computed in fp32 whatever comes in: 1.13's throws on bf16 under autocast.
class LayerNormImpl : public torch::nn::LayerNormImpl
{
public:
    explicit LayerNormImpl(int64_t size) : torch::nn::LayerNormImpl(torch::nn::LayerNormOptions({size})) {}
    torch::Tensor forward(const torch::Tensor& input) { return torch::nn::LayerNormImpl::forward(input.to(torch::kFloat32)); }
};
TORCH_MODULE(LayerNorm);

} // namespace melscope
