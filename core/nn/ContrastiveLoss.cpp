// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/ContrastiveLoss.h"

#include <limits>

namespace melscope {

ContrastiveLoss contrastiveLoss(const torch::Tensor& embeddings, double temperature)
{
    namespace F = torch::nn::functional;
    const torch::Tensor unit = F::normalize(embeddings.to(torch::kFloat32), F::NormalizeFuncOptions().dim(1));
    const int64_t views = unit.size(0);
    const torch::Tensor cosines = unit.matmul(unit.t());
    const torch::Tensor self = torch::eye(views, torch::kBool);
    const torch::Tensor logits = (cosines / temperature).masked_fill(self, -std::numeric_limits<float>::infinity());
    const torch::Tensor partner = (torch::arange(views) + views / 2) % views;
    ContrastiveLoss result{.loss = F::cross_entropy(logits, partner)};

    const torch::NoGradGuard noGrad;
    result.right = (logits.argmax(1) == partner).sum().item<int64_t>();
    const torch::Tensor distances = (2.0 - 2.0 * cosines).clamp_min(0.0); // squared, of unit vectors
    result.alignment = distances.gather(1, partner.unsqueeze(1)).mean().item<double>();
    result.uniformity = torch::exp(-2.0 * distances).masked_select(self.logical_not()).mean().log().item<double>();
    return result;
}

} // namespace melscope
