// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/AugmentedLabels.h"

#include "dataset/DatasetClipSource.h"

#include <algorithm>

namespace melscope {
namespace {

std::vector<int> likeliest(const torch::Tensor& logProbabilities)
{
    const torch::Tensor labels = logProbabilities.argmax(1).to(torch::kInt).contiguous();
    return {labels.data_ptr<int>(), labels.data_ptr<int>() + labels.numel()};
}

} // namespace

std::vector<AugmentedLabels> labelsUnder(Predictor& predictor, const FoldData& data, int batch, const std::vector<AugmentationChain>& chains,
                                         int draws, const std::function<bool(int, int)>& goOn)
{
    const EvaluationScope scope(*predictor.model);
    const auto& clips = data.heldOutClips;
    const auto askToGoOn = [&](size_t done) {
        if (!goOn(static_cast<int>(done), static_cast<int>(clips.size())))
            throw Error(ErrorKind::Cancelled, "The test was cancelled.");
    };
    const auto predict = [&](const AugmentationChain& chain, std::span<const int> part, int view) {
        askToGoOn(static_cast<size_t>(part.data() - clips.data()));
        return likeliest(logProbabilities(predictor, *data.pipeline(chain), data.normalisation, part, view));
    };
    std::vector<AugmentedLabels> all;
    for (size_t begin = 0; begin < clips.size(); begin += static_cast<size_t>(batch)) {
        const auto part = std::span(clips).subspan(begin, std::min(static_cast<size_t>(batch), clips.size() - begin));
        const std::vector<int> plain = predict({}, part, 0);
        for (size_t i = 0; i < part.size(); ++i)
            all.push_back({.clip = part[i], .label = data.dataset->clips[static_cast<size_t>(part[i])].label, .plain = plain[i],
                           .drawn = std::vector<std::vector<int>>(chains.size())});
        for (size_t chain = 0; chain < chains.size(); ++chain) {
            for (int draw = 1; draw <= draws; ++draw) {
                const std::vector<int> predicted = predict(chains[chain], part, draw);
                for (size_t i = 0; i < part.size(); ++i)
                    all[begin + i].drawn[chain].push_back(predicted[i]);
            }
        }
    }
    askToGoOn(clips.size());
    return all;
}

void addSamplesFor(const std::vector<AugmentationChain>& chains, FoldData& data)
{
    if (!data.source.samples && std::ranges::any_of(chains, &AugmentationChain::needsSamples))
        data.source.samples = DatasetClipSource::create(data.dataset, data.extractor, std::nullopt, 64).samples;
}

} // namespace melscope
