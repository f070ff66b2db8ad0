// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/FeatureHead.h"

#include "nn/Container.h"

namespace melscope {

FeatureHeadImpl::FeatureHeadImpl(Pooling pooling, int64_t bands, int64_t dim, int64_t classes)
    : m_pooling(pooling), m_head(pooling == Pooling::Mean ? dim : bands * dim, classes)
{
    const int64_t features = m_head->options.in_features();
    const auto standardisation = addContainer(*this, "standardisation");
    m_mean = standardisation->register_buffer("mean", torch::zeros({features}));
    m_deviation = standardisation->register_buffer("deviation", torch::ones({features}));
    register_module("head", m_head);
}

torch::Tensor FeatureHeadImpl::pooled(const torch::Tensor& input) const
{
    return m_pooling == Pooling::Mean ? input.squeeze(1).mean(1) : input.flatten(1);
}

torch::Tensor FeatureHeadImpl::forward(const torch::Tensor& input)
{
    return m_head(features(input));
}

torch::Tensor FeatureHeadImpl::features(const torch::Tensor& input)
{
    return (pooled(input) - m_mean) / m_deviation;
}

void FeatureHeadImpl::standardiseBy(const torch::Tensor& input)
{
    const torch::NoGradGuard noGrad;
    const torch::Tensor features = pooled(input).to(torch::kFloat64);
    const torch::Tensor deviation = features.std(0, /*unbiased=*/false);
    // Rounding alone makes features of different sizes vary a little; what varies by less than that says nothing.
    const torch::Tensor constant = deviation <= 1e-6 * features.abs().mean(0);
    m_mean.copy_(features.mean(0));
    m_deviation.copy_(deviation.masked_fill(constant, 1.0));
}

} // namespace melscope
