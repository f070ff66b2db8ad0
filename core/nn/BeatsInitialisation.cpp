// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/BeatsInitialisation.h"

#include "nn/Initialisation.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr double bertDeviation = 0.02;

bool endsWithOneOf(const std::string& name, std::initializer_list<std::string_view> ends)
{
    return std::ranges::any_of(ends, [&](std::string_view end) { return name.ends_with(end); });
}

double xavierDeviation(const torch::Tensor& weight, double gain)
{
    return gain * std::sqrt(2.0 / static_cast<double>(weight.size(0) + weight.size(1)));
}

/// Of the linear layers within the transformer's.
double linearDeviation(const std::string& name, const torch::Tensor& weight, const BeatsConfig& config)
{
    if (config.deepNorm && endsWithOneOf(name, {"q_proj.weight", "k_proj.weight"}))
        return xavierDeviation(weight, 1.0);
    if (config.deepNorm && endsWithOneOf(name, {"v_proj.weight", "out_proj.weight", "fc1.weight", "fc2.weight"}))
        return xavierDeviation(weight, std::pow(8.0 * static_cast<double>(config.layers), -0.25));
    return bertDeviation;
}

} // namespace

void initialiseBeats(BeatsImpl& model, uint64_t seed)
{
    const torch::NoGradGuard noGrad;
    const BeatsConfig& config = model.config();
    const auto parameters = model.named_parameters();
    WeightFiller filler(seed);
    for (const auto& item : parameters) {
        const std::string& name = item.key();
        torch::Tensor tensor = item.value();
        if (endsWithOneOf(name, {"norm.weight", "grep_a"})) {
            tensor.fill_(1.0);
        } else if (name == "encoder.pos_conv.0.weight_v") {
            filler.normal(tensor, std::sqrt(4.0 / static_cast<double>(config.positionTaps * config.dim)));
            torch::Tensor(parameters["encoder.pos_conv.0.weight_g"]).copy_(tensor.square().flatten(0, 1).sum(0).sqrt().view({1, 1, -1}));
        } else if (name == "layer_norm.bias" || (name.starts_with("encoder.") && name.ends_with(".bias"))) {
            tensor.zero_();
        } else if (name.starts_with("encoder.layers.")) {
            filler.normal(tensor, linearDeviation(name, tensor, config));
        } else if (name.ends_with(".weight")) {
            const torch::Tensor* const bias = parameters.find(name.substr(0, name.size() - std::string_view("weight").size()) + "bias");
            filler.uniformByFanIn(tensor, bias ? *bias : torch::Tensor());
        }
    }
}

} // namespace melscope
