// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/StateDict.h"

namespace melscope {

/// AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) with the arithmetic of torch.optim.AdamW, one pass over memory
/// per step, and a state that can be saved whole.
class AdamW
{
public:
    struct Options
    {
        double weightDecay = 0.01;
        bool decayNormAndBias = true; ///< false: tensors of one dimension do not decay
        double beta2 = 0.999;
        double epsilon = 1e-8;
    };

    AdamW(const torch::nn::Module& module, const Options& options);

    void zeroGradients();
    void step(double learningRate, double beta1);

    /// Moments and step count, sharing memory; and back. load() throws Error(Format) for what is not this model's.
    NamedTensors state() const;
    void load(const NamedTensors& state);

private:
    struct Slot
    {
        std::string name;
        torch::Tensor parameter;
        torch::Tensor first;  // moment, laid out as the parameter
        torch::Tensor second;
        double decay = 0.0;
    };

    Options m_options;
    std::vector<Slot> m_slots;
    torch::Tensor m_steps; // int64 scalar
};

} // namespace melscope
