// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/PatchResNet.h"

namespace melscope {

PatchResNetImpl::PatchResNetImpl(const PatchResNetOptions& options)
    : m_dim(options.width), m_conv1(torch::nn::Conv2dOptions(1, options.width, 7).stride(2).padding(3).bias(false)), m_bn1(options.width)
{
    register_module("conv1", m_conv1);
    register_module("bn1", m_bn1);
    int64_t halvings = halvingsOfPatch(options.patch) - 2; // stem and pooling do the first two
    for (size_t stage = 0; stage < options.blocks.size(); ++stage) {
        const int64_t channels = options.width << stage;
        const bool halve = stage > 0 && halvings > 0;
        halvings -= halve ? 1 : 0;
        torch::nn::Sequential blocks;
        for (int64_t block = 0; block < options.blocks[stage]; ++block) {
            blocks->push_back(BasicBlock(m_dim, channels, block == 0 && halve ? 2 : 1));
            m_dim = channels;
        }
        m_stages.push_back(register_module("layer" + std::to_string(stage + 1), blocks));
    }
    m_fc = register_module("fc", torch::nn::Linear(m_dim, options.classes));
}

PatchResNetImpl::Grids PatchResNetImpl::grids(const torch::Tensor& input)
{
    Grids result;
    torch::Tensor x = torch::max_pool2d(m_bn1(m_conv1(input)).relu_(), 3, 2, 1);
    for (size_t stage = 0; stage < m_stages.size(); ++stage) {
        x = m_stages[stage]->forward(x);
        if (stage + 2 == m_stages.size())
            result.middle = x;
    }
    result.last = x;
    return result;
}

PatchFeatures PatchResNetImpl::encode(const torch::Tensor& input)
{
    const Grids found = grids(input);
    return {.middle = tokensOfGrid(found.middle), .last = tokensOfGrid(found.last)};
}

torch::Tensor PatchResNetImpl::features(const torch::Tensor& input)
{
    return torch::adaptive_avg_pool2d(grids(input).last, {1, 1}).flatten(1);
}

torch::Tensor PatchResNetImpl::forward(const torch::Tensor& input)
{
    return m_fc(features(input));
}

} // namespace melscope
