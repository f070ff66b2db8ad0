// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/StateDict.h"

namespace melscope {

/// A classifier as the trainer and the evaluator see it. Every method's model is one.
class Network : public torch::nn::Module
{
public:
    /// [batch, 1, mel, frame] -> logits [batch, class]. What else the network wants of its input, it makes itself.
    virtual torch::Tensor forward(const torch::Tensor& input) = 0;

    /// The weights that training from scratch starts from.
    virtual void initialise(uint64_t seed);
};

} // namespace melscope
