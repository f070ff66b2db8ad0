// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/BatchNorms.h"

namespace melscope {

std::vector<torch::nn::BatchNorm2dImpl*> batchNormsOf(const torch::nn::Module& module)
{
    std::vector<torch::nn::BatchNorm2dImpl*> norms;
    for (const auto& child : module.modules(false)) {
        if (auto* norm = child->as<torch::nn::BatchNorm2d>())
            norms.push_back(norm);
    }
    return norms;
}

StatisticsPause::StatisticsPause(const torch::nn::Module& module)
{
    for (auto* norm : batchNormsOf(module)) {
        m_kept.push_back({.norm = norm, .momentum = norm->options.momentum(), .batches = norm->num_batches_tracked.clone()});
        norm->options.momentum(0.0);
    }
}

StatisticsPause::~StatisticsPause()
{
    const torch::NoGradGuard noGrad;
    for (const Kept& kept : m_kept) {
        kept.norm->options.momentum(kept.momentum);
        kept.norm->num_batches_tracked.copy_(kept.batches);
    }
}

} // namespace melscope
