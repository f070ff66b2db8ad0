// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "nn/Network.h"

namespace melscope {

/// [batch, 1, mel, frame] over the batch's own memory, in channels-last strides.
torch::Tensor inputTensor(std::span<float> values, const FrontEnd& frontEnd);

/// A model and how it computes.
struct Predictor
{
    std::shared_ptr<Network> model;
    bool bf16 = false;

    torch::Tensor forward(const torch::Tensor& input); ///< logits
};

/// Predicts clips of one fold as they are (no augmentation) in eval mode, and back to the mode before. `ttaViews` views
/// (0: none), each the clip under `chain`, which mixes no clips, with draws that depend on view and clip alone, are averaged as
/// probabilities.
Predictions predict(Predictor& predictor, const FoldData& data, const std::vector<int>& clips, int batch,
                    const AugmentationChain& chain, int ttaViews);

struct Score
{
    double accuracy = 0.0;
    double ttaAccuracy = 0.0;
    double loss = 0.0; ///< mean, nats
};
Score scoreOf(const Predictions& predictions);

} // namespace melscope
