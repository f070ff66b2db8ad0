// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/PatchTransformer.h"

#include "base/Error.h"
#include "base/RandomStream.h"
#include "nn/DropPath.h"

#include <cmath>

namespace melscope {
namespace {

constexpr uint64_t positionStream = 0x706F736974696F6Eull;

torch::nn::Sequential linearStem(const PatchTransformerOptions& options)
{
    return torch::nn::Sequential(torch::nn::Conv2d(torch::nn::Conv2dOptions(1, options.dim, options.patch).stride(options.patch)));
}

torch::nn::Sequential convolutionalStem(const PatchTransformerOptions& options)
{
    const int64_t halvings = halvingsOfPatch(options.patch);
    int64_t channels = options.dim >> (halvings - 1);
    torch::nn::Sequential stem(torch::nn::Conv2d(torch::nn::Conv2dOptions(1, channels, 3).stride(2).padding(1).bias(false)),
                               torch::nn::BatchNorm2d(channels), torch::nn::ReLU());
    for (int64_t block = 1; block < halvings; ++block, channels *= 2)
        stem->push_back(BasicBlock(channels, 2 * channels, 2));
    return stem;
}

} // namespace

TransformerLayerImpl::TransformerLayerImpl(int64_t dim, int64_t heads, double dropPath)
    : m_heads(heads), m_dropPath(dropPath), m_norm1(dim), m_norm2(dim), m_queryKeyValue(dim, 3 * dim), m_out(dim, dim), m_fc1(dim, 4 * dim),
      m_fc2(4 * dim, dim)
{
    register_module("norm1", m_norm1);
    register_module("qkv", m_queryKeyValue);
    register_module("out", m_out);
    register_module("norm2", m_norm2);
    register_module("fc1", m_fc1);
    register_module("fc2", m_fc2);
}

torch::Tensor TransformerLayerImpl::attend(const torch::Tensor& x)
{
    const int64_t batch = x.size(0);
    const int64_t tokens = x.size(1);
    // [3, batch x head, token, dim of a head]
    const torch::Tensor all = m_queryKeyValue(x).view({batch, tokens, 3, m_heads, -1}).permute({2, 0, 3, 1, 4}).flatten(1, 2);
    const double scale = 1.0 / std::sqrt(static_cast<double>(all.size(3)));
    const torch::Tensor weights = torch::softmax(torch::bmm(all[0] * scale, all[1].transpose(1, 2)), 2);
    return m_out(torch::bmm(weights, all[2]).view({batch, m_heads, tokens, -1}).transpose(1, 2).flatten(2));
}

torch::Tensor TransformerLayerImpl::forward(const torch::Tensor& x)
{
    const torch::Tensor attended = x + dropPath(attend(m_norm1(x)), m_dropPath, is_training());
    return attended + dropPath(m_fc2(torch::gelu(m_fc1(m_norm2(attended)))), m_dropPath, is_training());
}

AttentionPoolingImpl::AttentionPoolingImpl(int64_t dim, int64_t heads) : m_heads(heads), m_scores(dim, heads)
{
    register_module("scores", m_scores);
}

torch::Tensor AttentionPoolingImpl::forward(const torch::Tensor& x)
{
    const torch::Tensor weights = torch::softmax(m_scores(x).to(torch::kFloat32), 1).unsqueeze(3); // [batch, token, head, 1]
    return (x.view({x.size(0), x.size(1), m_heads, -1}) * weights).sum(1).flatten(1);
}

PatchTransformerImpl::PatchTransformerImpl(const PatchTransformerOptions& options) : m_options(options)
{
    if (options.dim % options.heads != 0)
        throw Error(ErrorKind::InvalidValue, "A Transformer's dimension (" + std::to_string(options.dim) + ") must be a multiple of its heads ("
                                                 + std::to_string(options.heads) + ").");
    m_stem = register_module("stem", options.convolutionalStem ? convolutionalStem(options) : linearStem(options));
    m_rows = register_parameter("rows", torch::zeros({options.rows, options.dim}));
    m_columns = register_parameter("columns", torch::zeros({options.columns, options.dim}));
    for (int64_t i = 0; i < options.layers; ++i) {
        const double dropPath = options.dropPath * static_cast<double>(i) / static_cast<double>(std::max<int64_t>(options.layers - 1, 1));
        m_layers.push_back(register_module("layer" + std::to_string(i + 1), TransformerLayer(options.dim, options.heads, dropPath)));
    }
    m_norm = register_module("norm", LayerNorm(options.dim));
    if (options.attentionPooling)
        m_pooling = register_module("pooling", AttentionPooling(options.dim, options.heads));
    m_head = register_module("head", torch::nn::Linear(options.dim, options.classes));
}

void PatchTransformerImpl::initialise(uint64_t seed)
{
    Network::initialise(seed);
    const torch::NoGradGuard noGrad;
    RandomStream random({.seed = seed, .epoch = 0, .clip = 0, .index = positionStream});
    for (torch::Tensor& positions : std::vector{m_rows, m_columns})
        for (int64_t i = 0; i < positions.numel(); ++i)
            positions.view(-1)[i] = 0.02 * random.normal();
}

PatchFeatures PatchTransformerImpl::encode(const torch::Tensor& input)
{
    const torch::Tensor grid = m_stem->forward(input); // [batch, dim, row, column]
    // [column, row, dim]: tokens count rows first
    const torch::Tensor positions = (m_columns.unsqueeze(1) + m_rows.unsqueeze(0)).flatten(0, 1);
    PatchFeatures features;
    torch::Tensor x = tokensOfGrid(grid) + positions;
    for (size_t i = 0; i < m_layers.size(); ++i) {
        x = m_layers[i](x);
        if (i + 1 == (m_layers.size() + 1) / 2)
            features.middle = x;
    }
    features.last = m_norm(x);
    return features;
}

torch::Tensor PatchTransformerImpl::features(const torch::Tensor& input)
{
    const torch::Tensor whole = input.narrow(2, 0, m_options.rows * m_options.patch).narrow(3, 0, m_options.columns * m_options.patch);
    const torch::Tensor tokens = encode(whole).last;
    return m_pooling.is_empty() ? tokens.mean(1) : m_pooling(tokens);
}

torch::Tensor PatchTransformerImpl::forward(const torch::Tensor& input)
{
    return m_head(features(input));
}

} // namespace melscope
