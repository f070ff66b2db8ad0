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

    /// Whether a tensor of that name belongs to the head, which is new for every dataset; the rest is the body, which may be pretrained.
    virtual bool isHead(const std::string& tensor) const = 0;
    /// How far below the head a tensor of that name lies: 1 in the layer beneath it, and so on down to the input. Not asked of the head's.
    virtual int64_t depthBelowHead(const std::string&) const { return 1; }

    /// [batch, 1, mel, frame] -> [batch, featureCount()]: what the head classifies.
    virtual torch::Tensor features(const torch::Tensor& input) = 0;
    virtual int64_t featureCount() const = 0;
};

/// Copies a body's tensors into the network and leaves its head as it is; those of another head are passed over. Throws Error(Format)
/// that names the first tensor of the body that is missing, superfluous or of another shape or type.
void loadBody(Network& network, const NamedTensors& tensors);

/// The state dict without the head, sharing memory.
NamedTensors bodyOf(const Network& network);

} // namespace melscope
