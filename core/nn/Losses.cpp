// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/Losses.h"

namespace melscope {

torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& labels, double smoothing)
{
    namespace F = torch::nn::functional;
    // bf16 logits have three decimal digits: the logarithm of a sum needs more.
    return F::cross_entropy(logits.to(torch::kFloat32), labels, F::CrossEntropyFuncOptions().label_smoothing(smoothing));
}

torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& targets)
{
    return -(targets * torch::log_softmax(logits.to(torch::kFloat32), 1)).sum(1).mean();
}

} // namespace melscope
