// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "nn/Network.h"

namespace melscope {

/// [batch, 1, row, column] over the batch's own memory, in channels-last strides.
torch::Tensor inputTensor(std::span<float> values, const GridShape& shape);

/// A model and how it computes.
struct Predictor
{
    std::shared_ptr<Network> model;
    bool bf16 = false;

    torch::Tensor forward(const torch::Tensor& input); ///< logits
};

/// Evaluation mode without gradients for a scope, and back to the mode before.
class EvaluationScope
{
public:
    explicit EvaluationScope(torch::nn::Module& module) : m_module(module), m_training(module.is_training()) { m_module.eval(); }
    ~EvaluationScope() { m_module.train(m_training); }
    EvaluationScope(const EvaluationScope&) = delete;
    EvaluationScope& operator=(const EvaluationScope&) = delete;

private:
    torch::NoGradGuard m_noGrad;
    torch::nn::Module& m_module;
    bool m_training;
};

/// What view `view` of a clip draws: streams apart from those of training, the same in every evaluation.
Draw viewDraw(int clip, int view);

/// Clips as `pipeline` makes them, normalised: [clip, mel, frame]. Views as below.
std::vector<float> inputValues(const ExamplePipeline& pipeline, const Normalisation& normalisation, std::span<const int> clips, int view);

/// Log-probabilities [clip, class] in double precision, of clips as `pipeline` makes them. View 0 is for a pipeline without
/// augmentations; views 1, 2, ... draw as viewDraw() says.
torch::Tensor logProbabilities(Predictor& predictor, const ExamplePipeline& pipeline, const Normalisation& normalisation,
                               std::span<const int> clips, int view);

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
