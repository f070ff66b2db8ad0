// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ContrastivePretext.h"

#include "engine/Evaluator.h"
#include "engine/GradientCache.h"
#include "engine/KnnProbe.h"
#include "engine/NetworkFeatures.h"
#include "nn/ContrastiveLoss.h"
#include "nn/Initialisation.h"

namespace melscope {
namespace {

// The projection's weights come from a seed of their own, the encoder's are those of the same network trained from scratch.
constexpr uint64_t projectionSeed = 0x70726f6a656374ull;

} // namespace

ContrastivePretext::ContrastivePretext(const FoldData& data, const NetworkMaker& make, const ContrastiveSettings& settings)
    : m_data(data), m_settings(settings), m_model(make(static_cast<int64_t>(data.dataset->classes.size())))
{
}

void ContrastivePretext::begin(const NamedTensors& before)
{
    initialiseWeights(*m_model, m_settings.seed ^ projectionSeed);
    m_model->encoder().initialise(m_settings.seed);
    if (!before.empty())
        loadBody(m_model->encoder(), before);
}

PretextTask::Outcome ContrastivePretext::learn(Batch& batch, int)
{
    ContrastiveLoss result;
    const auto embed = [this](const torch::Tensor& input) {
        return m_model->project(networkFeatures(m_model->encoder(), input, m_settings.bf16));
    };
    const torch::Tensor loss = backwardInChunks(*m_model, inputTensor(batch.input, m_data.gridShape()), m_settings.chunk, embed,
                                                [&](const torch::Tensor& embeddings) {
                                                    result = contrastiveLoss(embeddings, m_settings.temperature);
                                                    return result.loss;
                                                });
    return {.loss = loss.item<double>(), .right = result.right, .trials = static_cast<int64_t>(batch.clips.size()),
            .figures = {{.name = "alignment", .value = result.alignment}, {.name = "uniformity", .value = result.uniformity}}};
}

std::vector<Figure> ContrastivePretext::probe(int epoch, int epochs)
{
    if (epoch % m_settings.probeEvery != 0 && epoch != epochs)
        return {};
    const torch::Tensor features = featuresOf(m_model->encoder(), m_data, m_data.trainingClips, m_settings.chunk, m_settings.bf16);
    return {{.name = "knn_accuracy", .value = knnAccuracy(features, m_data.trainingClips, *m_data.dataset)}};
}

NamedTensors ContrastivePretext::body() const
{
    return bodyOf(m_model->encoder());
}

} // namespace melscope
