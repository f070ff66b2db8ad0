// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/AdamW.h"

#include "base/Error.h"

#include <cmath>
#include <map>

namespace melscope {
namespace {

struct Constants
{
    float keep;  // 1 - learning rate x decay
    float beta1;
    float beta2;
    float rootCorrection; // sqrt(1 - beta2^t)
    float epsilon;
    float stepSize;       // learning rate / (1 - beta1^t)
};

void update(float* parameter, float* first, float* second, const float* gradient, int64_t count, const Constants& c)
{
    for (int64_t i = 0; i < count; ++i) {
        const float g = gradient[i];
        first[i] = first[i] * c.beta1 + (1.0f - c.beta1) * g;
        second[i] = second[i] * c.beta2 + (1.0f - c.beta2) * g * g;
        const float denominator = std::sqrt(second[i]) / c.rootCorrection + c.epsilon;
        parameter[i] = parameter[i] * c.keep - c.stepSize * first[i] / denominator;
    }
}

} // namespace

AdamW::AdamW(const torch::nn::Module& module, const Options& options)
    : m_options(options)
{
    for (const auto& item : module.named_parameters()) {
        const torch::Tensor& parameter = item.value();
        const bool decays = options.decayNormAndBias || parameter.dim() > 1;
        m_slots.push_back({.name = item.key(), .parameter = parameter, .first = torch::zeros_like(parameter.detach()),
                           .second = torch::zeros_like(parameter.detach()), .decay = decays ? options.weightDecay : 0.0,
                           .share = options.share ? options.share(item.key()) : 1.0});
    }
    m_options.share = nullptr; // what it looks at need not live as long as this
    m_steps = torch::zeros({static_cast<int64_t>(m_slots.size())}, torch::kInt64);
}

void AdamW::zeroGradients()
{
    for (Slot& slot : m_slots)
        slot.parameter.mutable_grad().reset();
}

void AdamW::step(double learningRate, double beta1)
{
    const torch::NoGradGuard noGrad;
    Constants constants{.beta1 = static_cast<float>(beta1), .beta2 = static_cast<float>(m_options.beta2),
                        .epsilon = static_cast<float>(m_options.epsilon)};
    int64_t* count = m_steps.data_ptr<int64_t>();
    for (Slot& slot : m_slots) {
        int64_t& steps = *count++;
        torch::Tensor gradient = slot.parameter.grad();
        if (!gradient.defined())
            continue;
        if (gradient.strides() != slot.parameter.strides())
            gradient = torch::empty_like(slot.parameter).copy_(gradient);
        const auto t = static_cast<double>(++steps);
        constants.rootCorrection = static_cast<float>(std::sqrt(1.0 - std::pow(m_options.beta2, t)));
        const double rate = learningRate * slot.share;
        constants.keep = static_cast<float>(1.0 - rate * slot.decay);
        constants.stepSize = static_cast<float>(rate / (1.0 - std::pow(beta1, t)));
        float* const parameter = slot.parameter.data_ptr<float>();
        float* const first = slot.first.data_ptr<float>();
        float* const second = slot.second.data_ptr<float>();
        const float* const values = gradient.data_ptr<float>();
        at::parallel_for(0, gradient.numel(), 1 << 16, [&](int64_t begin, int64_t end) {
            update(parameter + begin, first + begin, second + begin, values + begin, end - begin, constants);
        });
    }
}

NamedTensors AdamW::state() const
{
    NamedTensors tensors = {{"step", m_steps}};
    for (const Slot& slot : m_slots) {
        tensors.emplace_back("exp_avg." + slot.name, slot.first);
        tensors.emplace_back("exp_avg_sq." + slot.name, slot.second);
    }
    return tensors;
}

void AdamW::load(const NamedTensors& state)
{
    const std::map<std::string, torch::Tensor> given(state.begin(), state.end());
    for (auto& [name, target] : this->state()) {
        const auto found = given.find(name);
        if (found == given.end() || found->second.sizes() != target.sizes() || found->second.dtype() != target.dtype())
            throw Error(ErrorKind::Format, "This optimiser state does not fit the model: \"" + name + "\" is missing or has another shape.");
        torch::Tensor(target).copy_(found->second);
    }
}

} // namespace melscope
