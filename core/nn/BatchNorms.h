// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"

#include <vector>

namespace melscope {

std::vector<torch::nn::BatchNorm2dImpl*> batchNormsOf(const torch::nn::Module& module);

/// For a scope, forward passes in training mode leave the running statistics as they are. For a pass that is repeated.
class StatisticsPause
{
public:
    explicit StatisticsPause(const torch::nn::Module& module);
    ~StatisticsPause();
    StatisticsPause(const StatisticsPause&) = delete;
    StatisticsPause& operator=(const StatisticsPause&) = delete;

private:
    struct Kept
    {
        torch::nn::BatchNorm2dImpl* norm;
        c10::optional<double> momentum;
        torch::Tensor batches;
    };
    std::vector<Kept> m_kept;
};

} // namespace melscope
