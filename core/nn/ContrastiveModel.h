// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Network.h"

namespace melscope {

/// A network's body with SimCLR's projection head in place of its own: Linear(features, features), ReLU, Linear(features, 128).
/// What is learned by contrast stays in the body; the projection is dropped afterwards.
class ContrastiveModelImpl : public torch::nn::Module
{
public:
    explicit ContrastiveModelImpl(std::shared_ptr<Network> encoder);

    torch::Tensor project(const torch::Tensor& features); ///< [batch, feature] -> [batch, 128]

    Network& encoder() { return *m_encoder; }
    const Network& encoder() const { return *m_encoder; }

private:
    std::shared_ptr<Network> m_encoder;
    torch::nn::Sequential m_projection{nullptr};
};
TORCH_MODULE(ContrastiveModel);

} // namespace melscope
