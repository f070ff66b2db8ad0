// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ClipLooks.h"

#include "engine/NetworkFeatures.h"

#include <algorithm>
#include <iterator>

namespace melscope {
namespace {

std::vector<float> floats(const torch::Tensor& tensor)
{
    const torch::Tensor values = tensor.to(torch::kFloat32).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

ClipView look(Predictor& predictor, const ExamplePipeline& pipeline, const Normalisation& normalisation, int clip, int view)
{
    return {.grid = pipeline.make(viewDraw(clip, view)).grid,
            .probabilities = floats(logProbabilities(predictor, pipeline, normalisation, {&clip, 1}, view).exp())};
}

} // namespace

ClipFeatures clipFeatures(Predictor& predictor, const FoldData& data, int batch, const std::function<bool(int, int)>& goOn)
{
    ClipFeatures found;
    std::ranges::merge(data.trainingClips, data.heldOutClips, std::back_inserter(found.clips));
    const auto total = static_cast<int>(found.clips.size());
    const torch::Tensor features = featuresOf(*predictor.model, data, found.clips, batch, predictor.bf16, [&](size_t done) {
        if (!goOn(static_cast<int>(done), total))
            throw Error(ErrorKind::Cancelled, "Computing the features was cancelled.");
    });
    found.features = {.rows = found.clips.size(), .columns = static_cast<size_t>(features.size(1)), .values = floats(features)};
    return found;
}

std::vector<ClipView> clipViews(Predictor& predictor, const FoldData& data, int clip, const AugmentationChain& chain, int views)
{
    if (!std::ranges::binary_search(data.trainingClips, clip) && !std::ranges::binary_search(data.heldOutClips, clip))
        throw Error(ErrorKind::InvalidValue, "Clip " + std::to_string(clip) + " of " + data.dataset->name + " is not there or cannot be read.");
    const EvaluationScope scope(*predictor.model);
    std::vector<ClipView> found{look(predictor, *data.pipeline({}), data.normalisation, clip, 0)};
    const auto viewPipeline = data.pipeline(views > 0 ? chain : AugmentationChain());
    for (int view = 1; view <= views; ++view)
        found.push_back(look(predictor, *viewPipeline, data.normalisation, clip, view));
    return found;
}

} // namespace melscope
