// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Evaluator.h"

#include <algorithm>

namespace melscope {
namespace {

// Of the views' streams, apart from those of training.
constexpr uint64_t viewSeed = 0x7669657773ull;

std::vector<float> floats(const torch::Tensor& row)
{
    const torch::Tensor values = row.to(torch::kFloat32).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

int largest(const std::vector<float>& values)
{
    return static_cast<int>(std::max_element(values.begin(), values.end()) - values.begin());
}

} // namespace

torch::Tensor inputTensor(std::span<float> values, const GridShape& shape)
{
    const auto size = static_cast<int64_t>(shape.size());
    const auto count = static_cast<int64_t>(values.size()) / size;
    return torch::from_blob(values.data(), {count, 1, shape.rows, shape.columns}, {size, 1, shape.columns, 1}, torch::kFloat32);
}

torch::Tensor Predictor::forward(const torch::Tensor& input)
{
    const CpuAutocast scope(bf16);
    return model->forward(input);
}

Draw viewDraw(int clip, int view)
{
    return {.seed = viewSeed, .epoch = static_cast<uint64_t>(view), .clip = clip};
}

std::vector<float> inputValues(const ExamplePipeline& pipeline, const Normalisation& normalisation, std::span<const int> clips, int view)
{
    const GridShape shape = pipeline.gridShape();
    const size_t size = shape.size();
    std::vector<float> values(clips.size() * size);
    for (size_t i = 0; i < clips.size(); ++i) {
        const Example example = pipeline.make(viewDraw(clips[i], view));
        normalise(example.grid, normalisation, std::span(values).subspan(i * size, size));
    }
    return values;
}

torch::Tensor logProbabilities(Predictor& predictor, const ExamplePipeline& pipeline, const Normalisation& normalisation,
                               std::span<const int> clips, int view)
{
    std::vector<float> values = inputValues(pipeline, normalisation, clips, view);
    const torch::Tensor logits = predictor.forward(inputTensor(values, pipeline.gridShape()));
    return torch::log_softmax(logits.to(torch::kFloat64), 1).contiguous();
}

Predictions predict(Predictor& predictor, const FoldData& data, const std::vector<int>& clips, int batch,
                    const AugmentationChain& chain, int ttaViews)
{
    const EvaluationScope scope(*predictor.model);
    const auto plainPipeline = data.pipeline({});
    const auto viewPipeline = data.pipeline(ttaViews > 0 ? chain : AugmentationChain());
    Predictions predictions;
    for (size_t begin = 0; begin < clips.size(); begin += static_cast<size_t>(batch)) {
        const auto part = std::span(clips).subspan(begin, std::min(static_cast<size_t>(batch), clips.size() - begin));
        const torch::Tensor plain = logProbabilities(predictor, *plainPipeline, data.normalisation, part, 0);
        torch::Tensor mean;
        for (int view = 1; view <= ttaViews; ++view) {
            const torch::Tensor probabilities = logProbabilities(predictor, *viewPipeline, data.normalisation, part, view).exp() / ttaViews;
            mean = mean.defined() ? mean + probabilities : probabilities;
        }
        for (size_t i = 0; i < part.size(); ++i) {
            const Clip& clip = data.dataset->clips[static_cast<size_t>(part[i])];
            const auto row = static_cast<int64_t>(i);
            ClipPrediction prediction{.clip = part[i], .name = clip.name, .fold = clip.fold, .label = clip.label};
            prediction.probabilities = floats(plain[row].exp());
            prediction.predicted = largest(prediction.probabilities);
            prediction.loss = -plain[row][clip.label].item<double>();
            prediction.ttaPredicted = prediction.predicted;
            if (mean.defined()) {
                prediction.ttaProbabilities = floats(mean[row]);
                prediction.ttaPredicted = largest(prediction.ttaProbabilities);
            }
            predictions.push_back(std::move(prediction));
        }
    }
    return predictions;
}

Score scoreOf(const Predictions& predictions)
{
    Score score;
    if (predictions.empty())
        return score;
    for (const ClipPrediction& prediction : predictions) {
        score.accuracy += prediction.correct() ? 1.0 : 0.0;
        score.ttaAccuracy += prediction.ttaCorrect() ? 1.0 : 0.0;
        score.loss += prediction.loss;
    }
    const auto count = static_cast<double>(predictions.size());
    return {.accuracy = score.accuracy / count, .ttaAccuracy = score.ttaAccuracy / count, .loss = score.loss / count};
}

} // namespace melscope
