// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/ContrastiveModel.h"

namespace melscope {

ContrastiveModelImpl::ContrastiveModelImpl(std::shared_ptr<Network> encoder) : m_encoder(std::move(encoder))
{
    constexpr int64_t dimension = 128;
    const int64_t features = m_encoder->featureCount();
    m_projection = torch::nn::Sequential(torch::nn::Linear(features, features), torch::nn::ReLU(), torch::nn::Linear(features, dimension));
    register_module("encoder", m_encoder);
    register_module("projection", m_projection);
}

torch::Tensor ContrastiveModelImpl::project(const torch::Tensor& features)
{
    return m_projection->forward(features);
}

} // namespace melscope
