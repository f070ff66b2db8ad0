// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/BeatsTokenizer.h"

#include "base/Error.h"
#include "engine/RefinedTokens.h"
#include "nn/Beats.h"
#include "nn/WeightConversion.h"
#include "weights/WeightFile.h"

namespace melscope {
namespace {

constexpr size_t clipsAtOnce = 8;

Beats readTokenizer(const std::filesystem::path& path)
{
    const WeightFile file = readWeightFile(path);
    Beats model = beatsFrom(file.metadata.value("cfg", Json()), toTensors(file.tensors));
    if (model->config().codes == 0)
        throw Error(ErrorKind::Unsupported, path.string() + " is a BEATs encoder without a codebook; tokens come from the files called Tokenizer_iter....", path);
    return model;
}

ClipTokens clipTokens(const torch::Tensor& tokens, const torch::Tensor& distances)
{
    const torch::Tensor codes = tokens.to(torch::kInt32).contiguous();
    const torch::Tensor far = distances.contiguous();
    return {.tokens = {codes.data_ptr<int32_t>(), codes.data_ptr<int32_t>() + codes.numel()}, .distances = {spanOf(far).begin(), spanOf(far).end()}};
}

} // namespace

BeatsTokens beatsTokens(const std::filesystem::path& weights, const std::vector<SharedValues>& grids, const FrontEnd& frontEnd,
                        const std::function<bool(int, int)>& goOn)
{
    const torch::NoGradGuard noGrad;
    Beats model = readTokenizer(weights);
    const int64_t mels = frontEnd.mels;
    const int64_t frames = frontEnd.frames();
    const torch::Tensor codes = model->codebook().contiguous();
    BeatsTokens result;
    result.patch = {.mels = static_cast<int>(model->config().patch), .frames = static_cast<int>(model->config().patch)};
    result.codebook = Codebook::ofCentroids(Codebook::Kind::Refined, {spanOf(codes).begin(), spanOf(codes).end()}, static_cast<int>(codes.size(1)));
    for (size_t begin = 0; begin < grids.size(); begin += clipsAtOnce) {
        if (!goOn(static_cast<int>(begin), static_cast<int>(grids.size())))
            throw Error(ErrorKind::Cancelled, "Making tokens was cancelled.");
        const auto part = std::span(grids).subspan(begin, std::min(clipsAtOnce, grids.size() - begin));
        torch::Tensor input = torch::empty({static_cast<int64_t>(part.size()), mels, frames});
        for (size_t i = 0; i < part.size(); ++i)
            std::ranges::copy(part[i].values, input.data_ptr<float>() + static_cast<int64_t>(i) * mels * frames);
        const torch::Tensor directions = model->codeDirections(model->encode(input.transpose(1, 2)));
        const auto [closeness, tokens] = torch::matmul(directions, codes.t()).max(2);
        const torch::Tensor distances = (2.0 - 2.0 * closeness).clamp_min(0.0).sqrt(); // of unit vectors
        for (int64_t i = 0; i < tokens.size(0); ++i)
            result.clips.push_back(clipTokens(tokens[i], distances[i]));
    }
    return result;
}

} // namespace melscope
