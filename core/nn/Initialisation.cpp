// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/Initialisation.h"

#include "base/RandomStream.h"
#include "nn/StateDict.h"

#include <cmath>

namespace melscope {
namespace {

constexpr uint64_t weightStream = 0x77656967687473ull;

} // namespace

void WeightFiller::fill(torch::Tensor& tensor, const std::function<double(RandomStream&)>& draw)
{
    const torch::NoGradGuard noGrad;
    RandomStream random({.seed = m_seed, .epoch = 0, .clip = m_filled++, .index = weightStream});
    torch::Tensor values = torch::empty(tensor.sizes());
    float* const data = values.data_ptr<float>();
    for (int64_t i = 0; i < values.numel(); ++i)
        data[i] = static_cast<float>(draw(random));
    tensor.copy_(values);
}

void WeightFiller::normal(torch::Tensor tensor, double deviation)
{
    fill(tensor, [=](RandomStream& random) { return deviation * random.normal(); });
}

void WeightFiller::uniform(torch::Tensor tensor, double bound)
{
    fill(tensor, [=](RandomStream& random) { return random.uniform(-bound, bound); });
}

void WeightFiller::uniformByFanIn(torch::Tensor weight, torch::Tensor bias)
{
    const double bound = 1.0 / std::sqrt(static_cast<double>(weight.numel() / weight.size(0)));
    uniform(weight, bound);
    if (bias.defined())
        uniform(bias, bound);
}

void initialiseWeights(torch::nn::Module& module, uint64_t seed)
{
    const torch::NoGradGuard noGrad;
    WeightFiller filler(seed);
    for (const auto& child : module.modules(false)) {
        if (auto* convolution = child->as<torch::nn::Conv2d>()) {
            const torch::Tensor& weight = convolution->weight;
            filler.normal(weight, std::sqrt(2.0 / static_cast<double>(weight.size(0) * weight.size(2) * weight.size(3))));
            if (convolution->bias.defined())
                convolution->bias.zero_();
        } else if (auto* linear = child->as<torch::nn::Linear>()) {
            filler.uniformByFanIn(linear->weight, linear->bias);
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
