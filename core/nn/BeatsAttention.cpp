// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/BeatsAttention.h"

#include <cmath>

namespace melscope {
namespace {

constexpr int64_t gateParts = 4; // linear outputs that are summed for each of the two gates

} // namespace

BeatsAttentionImpl::BeatsAttentionImpl(const BeatsConfig& config, bool ownsPositions)
    : m_heads(config.heads), m_maxDistance(config.maxDistance), m_key(config.dim, config.dim), m_value(config.dim, config.dim),
      m_query(config.dim, config.dim), m_out(config.dim, config.dim), m_gate(config.dim / config.heads, 2 * gateParts)
{
    m_gateScale = register_parameter("grep_a", torch::ones({1, m_heads, 1, 1}));
    if (ownsPositions)
        m_positions = register_module("relative_attention_bias", torch::nn::Embedding(config.buckets, m_heads));
    register_module("k_proj", m_key);
    register_module("v_proj", m_value);
    register_module("q_proj", m_query);
    register_module("out_proj", m_out);
    register_module("grep_linear", m_gate);
}

torch::Tensor BeatsAttentionImpl::gate(const torch::Tensor& query)
{
    // The sum of a linear layer's outputs is a linear layer.
    const torch::Tensor weight = m_gate->weight.view({2, gateParts, -1}).sum(1);
    const torch::Tensor gates = torch::sigmoid(torch::linear(query, weight, m_gate->bias.view({2, gateParts}).sum(1)));
    return gates.narrow(3, 0, 1) * (gates.narrow(3, 1, 1) * m_gateScale - 1.0) + 2.0;
}

torch::Tensor BeatsAttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& bias, const torch::Tensor& padding)
{
    const int64_t batch = x.size(0);
    const int64_t tokens = x.size(1);
    const auto split = [&](const torch::Tensor& all) { return all.view({batch, tokens, m_heads, -1}).transpose(1, 2); };
    const torch::Tensor query = split(m_query(x));
    const torch::Tensor key = split(m_key(x));
    const torch::Tensor value = split(m_value(x));

    torch::Tensor scores = gate(query) * bias; // [batch, head, query, key]
    if (padding.defined())
        scores = scores.masked_fill(padding.view({batch, 1, 1, tokens}), -std::numeric_limits<float>::infinity());
    const double scale = 1.0 / std::sqrt(static_cast<double>(query.size(3)));
    scores = torch::baddbmm(scores.flatten(0, 1), query.flatten(0, 1), key.flatten(0, 1).transpose(1, 2), 1.0, scale);
    const torch::Tensor mixed = torch::bmm(torch::softmax(scores, 2), value.flatten(0, 1));
    return m_out(mixed.view({batch, m_heads, tokens, -1}).transpose(1, 2).flatten(2));
}

torch::Tensor BeatsAttentionImpl::positionBias(int64_t tokens)
{
    return m_positions(relativeBuckets(tokens, m_positions->options.num_embeddings(), m_maxDistance)).permute({2, 0, 1}).contiguous();
}

torch::Tensor relativeBuckets(int64_t tokens, int64_t buckets, int64_t maxDistance)
{
    const int64_t perSign = buckets / 2;
    const int64_t exact = perSign / 2;
    const torch::Tensor positions = torch::arange(tokens);
    const torch::Tensor relative = positions.unsqueeze(0) - positions.unsqueeze(1);
    const torch::Tensor distance = relative.abs();
    // Whatever lies below `exact` is not taken from here: the logarithm need not see it.
    const torch::Tensor far = torch::log(distance.clamp_min(exact).to(torch::kFloat32) / exact)
                              / std::log(static_cast<double>(maxDistance) / static_cast<double>(exact)) * (perSign - exact);
    const torch::Tensor logarithmic = (exact + far.to(torch::kInt64)).clamp_max(perSign - 1);
    return torch::where(distance < exact, distance, logarithmic) + (relative > 0).to(torch::kInt64) * perSign;
}

} // namespace melscope
