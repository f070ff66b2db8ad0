// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Torch.h"
#include "weights/BeatsConfig.h"

namespace melscope {

/// Self-attention whose relative position bias every query gates for itself (Chi et al. 2022, arXiv 2106.16138, as in WavLM).
class BeatsAttentionImpl : public torch::nn::Module
{
public:
    /// One layer, the first, owns the table of relative positions for all.
    BeatsAttentionImpl(const BeatsConfig& config, bool ownsPositions);

    /// x [batch, token, dim], bias [head, query, key] of positionBias(), padding [batch, token] bool (true: not attended to)
    /// or undefined -> [batch, token, dim].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& bias, const torch::Tensor& padding);
    /// [head, query, key], ungated. Only of the layer that owns the table.
    torch::Tensor positionBias(int64_t tokens);

private:
    torch::Tensor gate(const torch::Tensor& query);

    int64_t m_heads, m_maxDistance;
    torch::Tensor m_gateScale; // [1, head, 1, 1]
    torch::nn::Embedding m_positions{nullptr};
    torch::nn::Linear m_key, m_value, m_query, m_out, m_gate;
};
TORCH_MODULE(BeatsAttention);

/// The bucket [query, key] of every relative position key - query: half of the buckets a sign, linear for near tokens,
/// logarithmic up to maxDistance, as in T5.
torch::Tensor relativeBuckets(int64_t tokens, int64_t buckets, int64_t maxDistance);

} // namespace melscope
