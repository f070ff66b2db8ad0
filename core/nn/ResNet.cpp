// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/ResNet.h"

namespace melscope {
namespace {

torch::nn::Conv2d convolution(int64_t in, int64_t out, int64_t kernel, int64_t stride)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

} // namespace

BasicBlockImpl::BasicBlockImpl(int64_t inChannels, int64_t channels, int64_t stride)
    : m_conv1(convolution(inChannels, channels, 3, stride)), m_conv2(convolution(channels, channels, 3, 1)), m_bn1(channels),
      m_bn2(channels)
{
    register_module("conv1", m_conv1);
    register_module("bn1", m_bn1);
    register_module("conv2", m_conv2);
    register_module("bn2", m_bn2);
    if (stride != 1 || inChannels != channels) {
        m_downsample = torch::nn::Sequential(convolution(inChannels, channels, 1, stride), torch::nn::BatchNorm2d(channels));
        register_module("downsample", m_downsample);
    }
}

torch::Tensor BasicBlockImpl::forward(const torch::Tensor& input)
{
    torch::Tensor x = m_bn1(m_conv1(input)).relu_();
    x = m_bn2(m_conv2(x));
    x += m_downsample.is_empty() ? input : m_downsample->forward(input);
    return x.relu_();
}

ResNetImpl::ResNetImpl(const ResNetOptions& options)
    : m_conv1(convolution(options.inChannels, options.width, 7, 2)), m_bn1(options.width)
{
    register_module("conv1", m_conv1);
    register_module("bn1", m_bn1);
    int64_t in = options.width;
    int64_t channels = options.width;
    for (size_t stage = 0; stage < options.blocks.size(); ++stage) {
        torch::nn::Sequential blocks;
        for (int64_t block = 0; block < options.blocks[stage]; ++block) {
            blocks->push_back(BasicBlock(in, channels, block == 0 && stage > 0 ? 2 : 1));
            in = channels;
        }
        m_stages.push_back(register_module("layer" + std::to_string(stage + 1), blocks));
        channels *= 2;
    }
    m_fc = register_module("fc", torch::nn::Linear(in, options.classes));
}

torch::Tensor ResNetImpl::forward(const torch::Tensor& input)
{
    return m_fc(features(input));
}

torch::Tensor ResNetImpl::features(const torch::Tensor& input)
{
    torch::Tensor x = m_bn1(m_conv1(input)).relu_();
    x = torch::max_pool2d(x, 3, 2, 1);
    for (torch::nn::Sequential& stage : m_stages)
        x = stage->forward(x);
    return torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1);
}

} // namespace melscope
