// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/RefinedTokens.h"

#include "base/RandomStream.h"
#include "engine/Evaluator.h"
#include "tokens/KMeans.h"

#include <algorithm>

namespace melscope {
namespace {

constexpr uint64_t sampleStream = 0x726566696E65ull;
constexpr int64_t patchesPerCode = 400;
constexpr size_t clipsAtOnce = 32;

/// Calls act(clip, features [token, dim], silent) for every clip of `clips` that can be read, in order.
template <typename Act>
void forEachClip(const FoldData& data, PatchNetwork& encoder, const TokenLayout& layout, const std::vector<int>& clips, bool bf16, const Act& act)
{
    const torch::NoGradGuard noGrad;
    const auto pipeline = data.pipeline({});
    const FrontEnd& frontEnd = data.extractor->frontEnd();
    const size_t size = static_cast<size_t>(frontEnd.mels) * static_cast<size_t>(frontEnd.frames());
    for (size_t begin = 0; begin < clips.size(); begin += clipsAtOnce) {
        const auto part = std::span(clips).subspan(begin, std::min(clipsAtOnce, clips.size() - begin));
        std::vector<float> values = inputValues(*pipeline, data.normalisation, part, 0);
        const torch::Tensor features = middleFeatures(encoder, wholePatches(inputTensor(values, data.gridShape()), layout), bf16);
        for (size_t i = 0; i < part.size(); ++i) {
            const GridView grid{std::span(values).subspan(i * size, size), frontEnd.mels, frontEnd.frames()};
            act(part[i], spanOf(features[static_cast<int64_t>(i)]), silentTokens(grid, layout));
        }
    }
}

/// A sample of the features of tokens that are not silent, of unit length: [n, dim].
std::vector<float> sampleFeatures(const FoldData& data, PatchNetwork& encoder, const TokenLayout& layout, const TokenSettings& settings, bool bf16,
                                  size_t& dim)
{
    const int64_t offered = static_cast<int64_t>(data.trainingClips.size()) * layout.size();
    const double chance = static_cast<double>(patchesPerCode * settings.codes) / static_cast<double>(offered);
    std::vector<float> sample;
    forEachClip(data, encoder, layout, data.trainingClips, bf16, [&](int clip, std::span<const float> features, const std::vector<bool>& silent) {
        RandomStream random({.seed = settings.seed, .epoch = 0, .clip = static_cast<uint64_t>(clip), .index = sampleStream});
        dim = features.size() / silent.size();
        for (size_t token = 0; token < silent.size(); ++token) {
            const auto feature = features.subspan(token * dim, dim);
            if (!silent[token] && (chance >= 1.0 || random.chance(chance)))
                sample.insert(sample.end(), feature.begin(), feature.end());
        }
    });
    normaliseLengths(sample, static_cast<int>(dim));
    return sample;
}

} // namespace

torch::Tensor middleFeatures(PatchNetwork& encoder, const torch::Tensor& input, bool bf16)
{
    const CpuAutocast scope(bf16);
    return encoder.encode(input).middle.to(torch::kFloat32).contiguous();
}

torch::Tensor wholePatches(const torch::Tensor& input, const TokenLayout& layout)
{
    return input.narrow(2, 0, layout.rows * layout.patch.mels).narrow(3, 0, layout.columns * layout.patch.frames);
}

std::span<const float> spanOf(const torch::Tensor& contiguous)
{
    return {contiguous.data_ptr<float>(), static_cast<size_t>(contiguous.numel())};
}

TokenSet refinedTokens(const FoldData& data, PatchNetwork& encoder, const TokenSettings& settings, int heldOut, int threads, bool bf16)
{
    // A random projection fits nothing: it brings the bands and the patch, and its codebook is replaced.
    TokenSettings bandsOnly = settings;
    bandsOnly.kind = Codebook::Kind::RandomProjection;
    Tokenizer tokenizer = fitTokenizer(bandsOnly, data.source, data.trainingClips, threads);
    const TokenLayout layout = tokenizer.layout();
    size_t dim = 0;
    const std::vector<float> sample = sampleFeatures(data, encoder, layout, settings, bf16, dim);
    const KMeansSettings clustering{.clusters = settings.codes, .iterations = settings.iterations, .spherical = true, .seed = settings.seed,
                                    .threads = threads};
    tokenizer.codebook = Codebook::ofCentroids(Codebook::Kind::Refined, kMeans(sample, static_cast<int>(dim), clustering).centroids,
                                               static_cast<int>(dim));
    tokenizer.name = "refined, " + std::to_string(settings.codes) + " codes, patches of " + std::to_string(settings.patch.mels) + " x "
                     + std::to_string(settings.patch.frames);

    TokenSet set = silentTokenSet(tokenizer, *data.dataset, heldOut);
    const ClipTokenizer worker(tokenizer);
    std::vector<int> readable = data.trainingClips;
    readable.insert(readable.end(), data.heldOutClips.begin(), data.heldOutClips.end());
    forEachClip(data, encoder, layout, readable, bf16, [&](int clip, std::span<const float> features, const std::vector<bool>& silent) {
        setTokens(set, clip, worker.tokensOfFeatures(features, silent));
    });
    measureMeanPatches(set, data.source);
    return set;
}

MaskedPrediction maskedPrediction(int clip, const TokenLayout& layout, const torch::Tensor& input, const torch::Tensor& masked,
                                  const torch::Tensor& tokens, const torch::Tensor& logProbabilities)
{
    const torch::Tensor values = input.contiguous();
    MaskedPrediction prediction{.clip = clip, .layout = layout, .mels = static_cast<int>(values.size(0)), .frames = values.size(1)};
    prediction.input.assign(spanOf(values).begin(), spanOf(values).end());
    const auto [best, codes] = logProbabilities.topk(std::min<int64_t>(5, logProbabilities.size(1)), 1);
    for (int64_t token = 0; token < layout.size(); ++token) {
        const bool hidden = masked[token].item<bool>();
        const auto target = static_cast<int32_t>(tokens[token].item<int64_t>());
        prediction.masked.push_back(hidden);
        prediction.targets.push_back(target);
        prediction.losses.push_back(hidden && target != silentToken ? -logProbabilities[token][target].item<float>() : 0.0f);
        auto& guesses = prediction.guesses.emplace_back();
        for (int64_t rank = 0; rank < codes.size(1); ++rank)
            guesses[static_cast<size_t>(rank)] = {.code = static_cast<int>(codes[token][rank].item<int64_t>()),
                                                  .probability = std::exp(best[token][rank].item<float>())};
    }
    return prediction;
}

} // namespace melscope
