// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/StateDict.h"

#include <functional>

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
        /// What a parameter's learning rate is, as a share of step()'s: the parameter groups. Not given: 1 for all.
        std::function<double(const std::string& parameter)> share;
    };

    AdamW(const torch::nn::Module& module, const Options& options);

    void zeroGradients();
    /// Parameters without a gradient stay as they are; as in Python, each counts its own steps, so that a body that joins later
    /// begins as gently as the head did.
    void step(double learningRate, double beta1);

    /// Moments and step counts, sharing memory; and back. load() throws Error(Format) for what is not this model's.
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
        double share = 1.0;
    };

    Options m_options;
    std::vector<Slot> m_slots;
    torch::Tensor m_steps; // int64, one a slot
};

} // namespace melscope
