// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/WeightAverage.h"

#include "nn/BatchNorms.h"
#include "nn/StateDict.h"

#include <algorithm>
#include <cmath>

namespace melscope {
WeightAverage::WeightAverage(Predictor average, double epochs, int64_t batchesPerEpoch)
    : m_average(std::move(average)), m_steps(epochs * static_cast<double>(batchesPerEpoch))
{
}

void WeightAverage::startFrom(const torch::nn::Module& trained)
{
    loadStateDict(*m_average.model, stateDict(trained));
}

void WeightAverage::add(const torch::nn::Module& trained, int64_t step)
{
    const torch::NoGradGuard noGrad;
    const double memory = std::min(m_steps, static_cast<double>(step) / 4.0);
    const double share = 1.0 - std::exp(-1.0 / std::max(memory, 1e-3));
    const std::vector<torch::Tensor> from = trained.parameters();
    std::vector<torch::Tensor> to = m_average.model->parameters();
    for (size_t i = 0; i < to.size(); ++i)
        to[i].lerp_(from[i], share);
    const std::vector<torch::Tensor> buffersFrom = trained.buffers();
    std::vector<torch::Tensor> buffersTo = m_average.model->buffers();
    for (size_t i = 0; i < buffersTo.size(); ++i) {
        if (buffersTo[i].is_floating_point())
            buffersTo[i].lerp_(buffersFrom[i], share);
        else
            buffersTo[i].copy_(buffersFrom[i]); // a count of batches
    }
}

void estimateBatchNorm(Predictor& predictor, const std::shared_ptr<const ExamplePipeline>& pipeline, const BatchPlan& plan, int64_t firstStep,
                       int64_t batches, int loaderThreads)
{
    const torch::NoGradGuard noGrad;
    const std::vector<torch::nn::BatchNorm2dImpl*> norms = batchNormsOf(*predictor.model);
    if (norms.empty())
        return;
    std::vector<c10::optional<double>> momenta;
    for (auto* norm : norms) {
        momenta.push_back(norm->options.momentum());
        norm->options.momentum(c10::nullopt); // a plain mean
        norm->reset_running_stats();
    }
    const bool training = predictor.model->is_training();
    predictor.model->train();
    {
        BatchLoader loader(pipeline, plan, firstStep, loaderThreads);
        for (int64_t batch = 0; batch < std::min(batches, plan.steps() - firstStep); ++batch) {
            Batch clips = loader.next();
            predictor.forward(inputTensor(clips.input, pipeline->gridShape()));
        }
    }
    predictor.model->train(training);
    for (size_t i = 0; i < norms.size(); ++i)
        norms[i]->options.momentum(momenta[i]);
}

} // namespace melscope
