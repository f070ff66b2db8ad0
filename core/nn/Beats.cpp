// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/Beats.h"

#include "base/Error.h"
#include "nn/BeatsInitialisation.h"
#include "nn/Container.h"

#include <cmath>

namespace melscope {
namespace {

constexpr const char* positionTable = "self_attn.relative_attention_bias.weight";

std::string layerPrefix(int64_t layer)
{
    return "encoder.layers." + std::to_string(layer) + ".";
}

torch::Tensor unitLength(const torch::Tensor& vectors)
{
    namespace F = torch::nn::functional;
    return F::normalize(vectors, F::NormalizeFuncOptions().dim(-1));
}

torch::Tensor shared(const torch::Tensor& padding, int64_t parts)
{
    const int64_t each = padding.size(1) / parts;
    return padding.narrow(1, 0, each * parts).reshape({padding.size(0), parts, each}).all(2);
}

} // namespace

BeatsLayerImpl::BeatsLayerImpl(const BeatsConfig& config, bool ownsPositions)
    : m_attention(config, ownsPositions), m_attentionNorm(config.dim), m_finalNorm(config.dim), m_fc1(config.dim, config.feedForwardDim),
      m_fc2(config.feedForwardDim, config.dim), m_alpha(config.deepNorm ? std::pow(2.0 * static_cast<double>(config.layers), 0.25) : 1.0)
{
    register_module("self_attn", m_attention);
    register_module("self_attn_layer_norm", m_attentionNorm);
    register_module("fc1", m_fc1);
    register_module("fc2", m_fc2);
    register_module("final_layer_norm", m_finalNorm);
}

torch::Tensor BeatsLayerImpl::forward(const torch::Tensor& x, const torch::Tensor& bias, const torch::Tensor& padding)
{
    const torch::Tensor attended = m_attentionNorm(torch::add(m_attention(x, bias, padding), x, m_alpha));
    return m_finalNorm(torch::add(m_fc2(torch::gelu(m_fc1(attended))), attended, m_alpha));
}

BeatsPositionImpl::BeatsPositionImpl(const BeatsConfig& config) : m_groups(config.positionGroups)
{
    m_bias = register_parameter("bias", torch::zeros({config.dim}));
    m_length = register_parameter("weight_g", torch::ones({1, 1, config.positionTaps}));
    m_direction = register_parameter("weight_v", torch::ones({config.dim, config.dim / m_groups, config.positionTaps}));
}

torch::Tensor BeatsPositionImpl::forward(const torch::Tensor& x)
{
    const int64_t taps = m_direction.size(2);
    const torch::Tensor norm = m_direction.square().flatten(0, 1).sum(0).sqrt();
    const torch::Tensor weight = m_direction * (m_length / norm);
    const torch::Tensor convolved = torch::conv1d(x.transpose(1, 2), weight, m_bias, 1, taps / 2, 1, m_groups);
    return torch::gelu(convolved.narrow(2, 0, x.size(1))).transpose(1, 2); // an even number of taps gives one step too many
}

BeatsImpl::BeatsImpl(const BeatsConfig& config) : m_config(config)
{
    if (config.patchDim != config.dim)
        m_projection = register_module("post_extract_proj", torch::nn::Linear(config.patchDim, config.dim));
    m_patches = register_module("patch_embedding", torch::nn::Conv2d(torch::nn::Conv2dOptions(1, config.patchDim, config.patch)
                                                                         .stride(config.patch).bias(config.patchBias)));
    const auto encoder = addContainer(*this, "encoder");
    m_position = addContainer(*encoder, "pos_conv")->register_module("0", BeatsPosition(config));
    const auto layers = addContainer(*encoder, "layers");
    for (int64_t i = 0; i < config.layers; ++i)
        m_layers.push_back(layers->register_module(std::to_string(i), BeatsLayer(config, i == 0)));
    m_encoderNorm = encoder->register_module("layer_norm", LayerNorm(config.dim));
    m_patchNorm = register_module("layer_norm", LayerNorm(config.patchDim));
    if (config.predictorClasses > 0)
        m_predictor = register_module("predictor", torch::nn::Linear(config.dim, config.predictorClasses));
    if (config.codes == 0)
        return;
    const auto quantize = addContainer(*this, "quantize");
    const auto embedding = addContainer(*quantize, "embedding");
    quantize->register_buffer("cluster_size", torch::zeros({config.codes}));
    m_codebook = embedding->register_buffer("weight", torch::zeros({config.codes, config.codeDim}));
    embedding->register_buffer("cluster_size", torch::zeros({config.codes}));
    embedding->register_buffer("embed_avg", torch::zeros({config.codes, config.codeDim}));
    embedding->register_buffer("initted", torch::ones({1}));
    const auto layer = addContainer(*this, "quantize_layer");
    m_quantize1 = layer->register_module("0", torch::nn::Linear(config.dim, config.dim));
    m_quantize2 = layer->register_module("2", torch::nn::Linear(config.dim, config.codeDim));
}

torch::Tensor BeatsImpl::forward(const torch::Tensor& input)
{
    return m_predictor(features(input));
}

torch::Tensor BeatsImpl::features(const torch::Tensor& input)
{
    return encode(input.squeeze(1).transpose(1, 2)).mean(1);
}

void BeatsImpl::initialise(uint64_t seed)
{
    initialiseBeats(*this, seed);
}

int64_t BeatsImpl::depthBelowHead(const std::string& tensor) const
{
    const std::string_view layers = "encoder.layers.";
    if (!tensor.starts_with(layers))
        return m_config.layers + 1;
    return m_config.layers - std::stoll(tensor.substr(layers.size()));
}

torch::Tensor BeatsImpl::encode(const torch::Tensor& fbank, const torch::Tensor& padding)
{
    if (fbank.size(1) < m_config.patch || fbank.size(2) < m_config.patch)
        throw Error(ErrorKind::InvalidValue, "BEATs needs at least " + std::to_string(m_config.patch) + " frames and mel rows; here are "
                                                 + std::to_string(fbank.size(1)) + " and " + std::to_string(fbank.size(2)) + ".");
    torch::Tensor x = m_patchNorm(m_patches(fbank.unsqueeze(1)).flatten(2).transpose(1, 2));
    if (!m_projection.is_empty())
        x = m_projection(x);
    if (padding.defined())
        x = x.masked_fill(padding.unsqueeze(2), 0.0);
    x = m_encoderNorm(x + m_position(x));
    const torch::Tensor bias = m_layers.front()->positionBias(x.size(1));
    for (BeatsLayer& layer : m_layers) {
        if (is_training() && torch::rand({}).item<double>() < m_config.layerDrop)
            continue;
        x = layer(x, bias, padding);
    }
    return x;
}

torch::Tensor BeatsImpl::classLogits(const torch::Tensor& features, const torch::Tensor& padding)
{
    const torch::Tensor logits = m_predictor(features);
    if (!padding.defined())
        return logits.mean(1);
    const torch::Tensor kept = padding.logical_not().unsqueeze(2);
    return logits.masked_fill(padding.unsqueeze(2), 0.0).sum(1) / kept.sum(1);
}

torch::Tensor BeatsImpl::tokens(const torch::Tensor& features)
{
    return torch::matmul(codeDirections(features), codebook().t()).argmax(2); // between unit vectors the nearest has the largest product
}

torch::Tensor BeatsImpl::codeDirections(const torch::Tensor& features)
{
    return unitLength(m_quantize2(torch::tanh(m_quantize1(features))));
}

torch::Tensor BeatsImpl::codebook() const
{
    return unitLength(m_codebook);
}

torch::Tensor beatsPadding(const torch::Tensor& padding, int64_t frames, int64_t tokens)
{
    if (padding.size(1) < frames || frames < tokens || tokens < 1)
        throw Error(ErrorKind::InvalidValue, "A padding of " + std::to_string(padding.size(1)) + " samples does not fit " + std::to_string(frames)
                                                 + " frames and " + std::to_string(tokens) + " tokens.");
    return shared(shared(padding, frames), tokens);
}

NamedTensors beatsStateDict(const BeatsImpl& model)
{
    NamedTensors tensors = stateDict(model);
    torch::Tensor table;
    for (const auto& [name, tensor] : tensors) {
        if (name == layerPrefix(0) + positionTable)
            table = tensor;
    }
    for (int64_t layer = 1; layer < model.config().layers; ++layer)
        tensors.emplace_back(layerPrefix(layer) + positionTable, table);
    return tensors;
}

NamedTensors beatsTensors(const NamedTensors& checkpoint)
{
    TensorShapes shapes;
    for (const auto& [name, tensor] : checkpoint)
        shapes[name] = tensor.sizes().vec();
    const std::string prefix = beatsPrefix(shapes);
    NamedTensors own;
    for (const auto& [name, tensor] : checkpoint) {
        const std::string bare = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
        if (!bare.ends_with(positionTable) || bare.starts_with(layerPrefix(0)))
            own.emplace_back(bare, tensor);
    }
    return own;
}

Beats beatsFrom(const Json& cfg, const NamedTensors& tensors)
{
    const NamedTensors own = beatsTensors(tensors);
    TensorShapes shapes;
    for (const auto& [name, tensor] : own)
        shapes[name] = tensor.sizes().vec();
    Beats model(BeatsConfig::of(cfg, shapes));
    loadStateDict(*model, own);
    model->eval();
    return model;
}

} // namespace melscope
