// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/Initialisation.h"

#include "base/RandomStream.h"
#include "nn/StateDict.h"

#include <cmath>

namespace melscope {
namespace {

constexpr uint64_t weightStream = 0x77656967687473ull;

void fillNormal(torch::Tensor tensor, double deviation, RandomStream random)
{
    torch::Tensor values = torch::empty(tensor.sizes());
    float* const data = values.data_ptr<float>();
    for (int64_t i = 0; i < values.numel(); ++i)
        data[i] = static_cast<float>(deviation * random.normal());
    tensor.copy_(values);
}

void fillUniform(torch::Tensor tensor, double bound, RandomStream random)
{
    torch::Tensor values = torch::empty(tensor.sizes());
    float* const data = values.data_ptr<float>();
    for (int64_t i = 0; i < values.numel(); ++i)
        data[i] = static_cast<float>(random.uniform(-bound, bound));
    tensor.copy_(values);
}

} // namespace

void initialiseWeights(torch::nn::Module& module, uint64_t seed)
{
    const torch::NoGradGuard noGrad;
    uint64_t index = 0;
    const auto nextStream = [&] { return RandomStream({.seed = seed, .epoch = 0, .clip = index++, .index = weightStream}); };
    for (const auto& child : module.modules(false)) {
        if (auto* convolution = child->as<torch::nn::Conv2d>()) {
            const torch::Tensor& weight = convolution->weight;
            fillNormal(weight, std::sqrt(2.0 / static_cast<double>(weight.size(0) * weight.size(2) * weight.size(3))), nextStream());
            if (convolution->bias.defined())
                convolution->bias.zero_();
        } else if (auto* linear = child->as<torch::nn::Linear>()) {
            const double bound = 1.0 / std::sqrt(static_cast<double>(linear->weight.size(1)));
            fillUniform(linear->weight, bound, nextStream());
            if (linear->bias.defined())
                fillUniform(linear->bias, bound, nextStream());
        } else if (auto* norm = child->as<torch::nn::BatchNorm2d>()) {
            norm->weight.fill_(1.0);
            norm->bias.zero_();
            norm->reset_running_stats();
        }
    }
}

void useChannelsLast(torch::nn::Module& module)
{
    const torch::NoGradGuard noGrad;
    for (torch::Tensor& parameter : module.parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
    }
}

} // namespace melscope
