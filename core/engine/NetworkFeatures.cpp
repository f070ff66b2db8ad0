// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/NetworkFeatures.h"

#include "engine/Evaluator.h"

#include <algorithm>

namespace melscope {

torch::Tensor networkFeatures(Network& network, const torch::Tensor& input, bool bf16)
{
    const CpuAutocast scope(bf16);
    return network.features(input).to(torch::kFloat32);
}

torch::Tensor featuresOf(Network& network, const FoldData& data, const std::vector<int>& clips, int64_t batch, bool bf16,
                         const std::function<void(size_t)>& tick)
{
    const EvaluationScope scope(network);
    const auto pipeline = data.pipeline({});
    std::vector<torch::Tensor> parts;
    for (size_t begin = 0; begin < clips.size(); begin += static_cast<size_t>(batch)) {
        if (tick)
            tick(begin);
        const auto part = std::span(clips).subspan(begin, std::min(static_cast<size_t>(batch), clips.size() - begin));
        std::vector<float> values = inputValues(*pipeline, data.normalisation, part, 0);
        parts.push_back(networkFeatures(network, inputTensor(values, pipeline->gridShape()), bf16));
    }
    if (tick)
        tick(clips.size());
    return torch::cat(parts);
}

} // namespace melscope
