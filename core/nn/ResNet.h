// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Network.h"

namespace melscope {

/// Two 3 x 3 convolutions around a shortcut (He et al. 2016, arXiv 1512.03385, figure 2 left).
class BasicBlockImpl : public torch::nn::Module
{
public:
    BasicBlockImpl(int64_t inChannels, int64_t channels, int64_t stride);
    torch::Tensor forward(const torch::Tensor& input);

private:
    torch::nn::Conv2d m_conv1, m_conv2;
    torch::nn::BatchNorm2d m_bn1, m_bn2;
    torch::nn::Sequential m_downsample{nullptr}; // only where the shortcut changes its shape
};
TORCH_MODULE(BasicBlock);

struct ResNetOptions
{
    std::vector<int64_t> blocks = {3, 4, 6, 3}; ///< a stage each
    int64_t width = 64;                         ///< channels of the first stage
    int64_t inChannels = 1;
    int64_t classes = 50;
};

/// ResNet of basic blocks; the defaults are ResNet-34 with a one-channel stem. Names and order of its tensors are
/// torchvision's. forward: [batch, channel, mel, frame] -> logits [batch, class].
class ResNetImpl : public Network
{
public:
    explicit ResNetImpl(const ResNetOptions& options);
    torch::Tensor forward(const torch::Tensor& input) override;
    bool isHead(const std::string& tensor) const override { return tensor.starts_with("fc."); }
    torch::Tensor features(const torch::Tensor& input) override; ///< means over mel and frame
    int64_t featureCount() const override { return m_fc->options.in_features(); }

private:
    torch::nn::Conv2d m_conv1;
    torch::nn::BatchNorm2d m_bn1;
    std::vector<torch::nn::Sequential> m_stages;
    torch::nn::Linear m_fc{nullptr};
};
TORCH_MODULE(ResNet);

} // namespace melscope
