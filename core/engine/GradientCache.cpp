// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/GradientCache.h"

#include "nn/BatchNorms.h"

namespace melscope {

torch::Tensor backwardInChunks(torch::nn::Module& module, const torch::Tensor& input, int64_t chunk,
                               const std::function<torch::Tensor(const torch::Tensor& input)>& embed,
                               const std::function<torch::Tensor(const torch::Tensor& embeddings)>& loss)
{
    // Even chunks: a small rest would have poor batch statistics.
    const int64_t count = (input.size(0) + chunk - 1) / chunk;
    if (count <= 1) {
        const torch::Tensor value = loss(embed(input));
        value.backward();
        return value.detach();
    }
    const std::vector<torch::Tensor> parts = input.tensor_split(count);
    std::vector<torch::Tensor> embedded;
    {
        const torch::NoGradGuard noGrad;
        const StatisticsPause pause(module);
        for (const torch::Tensor& part : parts)
            embedded.push_back(embed(part));
    }
    const torch::Tensor whole = torch::cat(embedded).requires_grad_();
    const torch::Tensor value = loss(whole);
    value.backward();
    const std::vector<torch::Tensor> gradients = whole.grad().tensor_split(count);
    for (size_t i = 0; i < parts.size(); ++i)
        embed(parts[i]).backward(gradients[i]);
    return value.detach();
}

} // namespace melscope
