// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/LayerNorm.h"
#include "nn/PatchNetwork.h"
#include "nn/ResNet.h"

namespace melscope {

struct PatchTransformerOptions
{
    int64_t patch = 16;   ///< mel rows and frames of a token
    int64_t rows = 8;     ///< tokens above each other
    int64_t columns = 26; ///< and side by side
    bool convolutionalStem = false; ///< patches are seen by convolutions (Xiao et al. 2021, arXiv 2106.14881) instead of one linear map
    bool attentionPooling = false;  ///< the classifier weighs tokens instead of taking their mean
    int64_t layers = 6;
    int64_t dim = 256;
    int64_t heads = 8;
    double dropPath = 0.0; ///< probability with which the last layer is skipped, falling linearly to 0 at the first
    int64_t classes = 50;
};

/// One pre-norm Transformer layer: attention, then two linear maps with GELU between (four times as wide), each around a shortcut.
class TransformerLayerImpl : public torch::nn::Module
{
public:
    TransformerLayerImpl(int64_t dim, int64_t heads, double dropPath);
    torch::Tensor forward(const torch::Tensor& x); ///< [batch, token, dim]

private:
    torch::Tensor attend(const torch::Tensor& x);

    int64_t m_heads;
    double m_dropPath;
    LayerNorm m_norm1, m_norm2;
    torch::nn::Linear m_queryKeyValue, m_out, m_fc1, m_fc2;
};
TORCH_MODULE(TransformerLayer);

/// [batch, token, dim] -> [batch, dim]: every head weighs the tokens by a learned score of its own.
class AttentionPoolingImpl : public torch::nn::Module
{
public:
    AttentionPoolingImpl(int64_t dim, int64_t heads);
    torch::Tensor forward(const torch::Tensor& x);

private:
    int64_t m_heads;
    torch::nn::Linear m_scores;
};
TORCH_MODULE(AttentionPooling);

/// A Transformer on the patches of a spectrogram, with learned embeddings of row and column: the encoder of Transformer-BEATs. Middle
/// features are those after half of the layers. In training mode drop path draws from torch's generator.
class PatchTransformerImpl : public PatchNetwork
{
public:
    explicit PatchTransformerImpl(const PatchTransformerOptions& options);

    torch::Tensor forward(const torch::Tensor& input) override; ///< what is more than rows x columns patches is cut off
    torch::Tensor features(const torch::Tensor& input) override;
    PatchFeatures encode(const torch::Tensor& input) override;
    int64_t featureCount() const override { return m_options.dim; }
    /// Pooling is the head's: masked prediction has no use for it.
    bool isHead(const std::string& tensor) const override { return tensor.starts_with("head.") || tensor.starts_with("pooling."); }
    void initialise(uint64_t seed) override;

private:
    PatchTransformerOptions m_options;
    torch::nn::Sequential m_stem{nullptr};
    torch::Tensor m_rows;    // [row, dim]
    torch::Tensor m_columns; // [column, dim]
    std::vector<TransformerLayer> m_layers;
    LayerNorm m_norm{nullptr};
    AttentionPooling m_pooling{nullptr}; // none where the mean is taken
    torch::nn::Linear m_head{nullptr};
};
TORCH_MODULE(PatchTransformer);

} // namespace melscope
