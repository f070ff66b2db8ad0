// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/PatchNetwork.h"
#include "nn/ResNet.h"

namespace melscope {

struct PatchResNetOptions
{
    std::vector<int64_t> blocks = {2, 2, 2, 2}; ///< a stage each
    int64_t width = 64;                         ///< channels of the first stage
    int64_t patch = 16;                         ///< mel rows and frames of a token: 8, 16 or 32
    int64_t classes = 50;
};

/// A ResNet that halves its input until one place is one patch, and no further: the encoder of CNN-BEATs. Middle features are the
/// third stage's. Its tensors have the names of ResNet's.
class PatchResNetImpl : public PatchNetwork
{
public:
    explicit PatchResNetImpl(const PatchResNetOptions& options);

    torch::Tensor forward(const torch::Tensor& input) override;  ///< frames need not fill whole patches
    torch::Tensor features(const torch::Tensor& input) override; ///< means over mel and frame
    PatchFeatures encode(const torch::Tensor& input) override;
    int64_t featureCount() const override { return m_dim; }
    bool isHead(const std::string& tensor) const override { return tensor.starts_with("fc."); }

private:
    struct Grids
    {
        torch::Tensor middle, last; // [batch, channel, row, column]
    };
    Grids grids(const torch::Tensor& input);

    int64_t m_dim;
    torch::nn::Conv2d m_conv1;
    torch::nn::BatchNorm2d m_bn1;
    std::vector<torch::nn::Sequential> m_stages;
    torch::nn::Linear m_fc{nullptr};
};
TORCH_MODULE(PatchResNet);

} // namespace melscope
