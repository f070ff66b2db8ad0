// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Network.h"

namespace melscope {

/// A linear classifier on what a frozen encoder says of a clip: [batch, 1, band, dim], the means over time of the tokens of every
/// band, which are standardised feature by feature. forward: -> logits [batch, class].
class FeatureHeadImpl : public Network
{
public:
    /// How a clip's tokens become one vector.
    enum class Pooling {
        Mean, ///< over the bands too: dim features
        Bands ///< one band after the other: bands x dim features
    };

    FeatureHeadImpl(Pooling pooling, int64_t bands, int64_t dim, int64_t classes);

    torch::Tensor forward(const torch::Tensor& input) override;
    bool isHead(const std::string& tensor) const override { return tensor.starts_with("head."); }
    torch::Tensor features(const torch::Tensor& input) override; ///< standardised
    int64_t featureCount() const override { return m_mean.size(0); }

    /// Measures mean and standard deviation of every feature on clips [clip, 1, band, dim], the training clips. A feature that is
    /// the same everywhere comes to 0.
    void standardiseBy(const torch::Tensor& input);

private:
    torch::Tensor pooled(const torch::Tensor& input) const; ///< [batch, feature]

    Pooling m_pooling;
    torch::Tensor m_mean, m_deviation; // buffers, so that they stay with the weights
    torch::nn::Linear m_head;
};
TORCH_MODULE(FeatureHead);

} // namespace melscope
