// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/BeatsAttention.h"
#include "nn/LayerNorm.h"
#include "nn/Network.h"

namespace melscope {

/// One post-norm transformer layer with deep norm (Wang et al. 2022, arXiv 2203.00555).
class BeatsLayerImpl : public torch::nn::Module
{
public:
    BeatsLayerImpl(const BeatsConfig& config, bool ownsPositions);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& bias, const torch::Tensor& padding);
    torch::Tensor positionBias(int64_t tokens) { return m_attention->positionBias(tokens); }

private:
    BeatsAttention m_attention;
    LayerNorm m_attentionNorm, m_finalNorm;
    torch::nn::Linear m_fc1, m_fc2;
    double m_alpha; // how much the residual weighs
};
TORCH_MODULE(BeatsLayer);

/// x -> GELU(grouped convolution along the tokens), [batch, token, dim], the position embedding that is added to x. The weight is
/// normalised over its first two dimensions, tap by tap.
class BeatsPositionImpl : public torch::nn::Module
{
public:
    explicit BeatsPositionImpl(const BeatsConfig& config);
    torch::Tensor forward(const torch::Tensor& x);

private:
    int64_t m_groups;
    torch::Tensor m_bias;
    torch::Tensor m_length;    // [1, 1, tap]
    torch::Tensor m_direction; // [dim, dim / groups, tap]
};
TORCH_MODULE(BeatsPosition);

/// BEATs (Chen et al. 2022, arXiv 2212.09058): encoder of spectrogram patches; with a predictor where it was fine-tuned, with a codebook
/// where it is a tokenizer. Agrees with the official implementation. Names and order of the tensors are that one's, but for
/// the table of relative positions, which all layers share and only the first names: beatsStateDict() repeats it.
class BeatsImpl : public Network
{
public:
    explicit BeatsImpl(const BeatsConfig& config);

    /// As a classifier: [batch, 1, mel, frame], normalised (front end `beats`) -> logits [batch, class]. Needs predictor classes. In training
    /// mode layers are skipped, with draws from torch's generator.
    torch::Tensor forward(const torch::Tensor& input) override;
    void initialise(uint64_t seed) override;
    bool isHead(const std::string& tensor) const override { return tensor.starts_with("predictor."); }
    int64_t depthBelowHead(const std::string& tensor) const override;
    torch::Tensor features(const torch::Tensor& input) override; ///< -> [batch, dim], means over the tokens
    int64_t featureCount() const override { return m_config.dim; }

    /// fbank [batch, frame, mel], normalised (front end `beats`), at least a patch in each direction; padding [batch, token] bool,
    /// true where nothing was recorded, or undefined -> [batch, token, dim]. Token t * (mel / patch) + f is patch f of time t.
    torch::Tensor encode(const torch::Tensor& fbank, const torch::Tensor& padding = {});
    /// Of encode(), averaged over the tokens that are not padding -> [batch, class]; probabilities are their sigmoids.
    torch::Tensor classLogits(const torch::Tensor& features, const torch::Tensor& padding = {});
    /// Of encode() -> [batch, token] int64, the code nearest in direction.
    torch::Tensor tokens(const torch::Tensor& features);
    /// Of encode() -> [batch, token, code dim], unit length: what is compared with codebook() [code, code dim], of unit length as well.
    torch::Tensor codeDirections(const torch::Tensor& features);
    torch::Tensor codebook() const;

    const BeatsConfig& config() const { return m_config; }
    int64_t tokenCount(int64_t frames, int64_t mels) const { return frames / m_config.patch * (mels / m_config.patch); }

private:
    BeatsConfig m_config;
    torch::nn::Linear m_projection{nullptr}; // none where patches have the tokens' dimension
    torch::nn::Conv2d m_patches{nullptr};
    BeatsPosition m_position{nullptr};
    std::vector<BeatsLayer> m_layers;
    LayerNorm m_encoderNorm{nullptr};
    LayerNorm m_patchNorm{nullptr};
    torch::nn::Linear m_predictor{nullptr};
    torch::nn::Linear m_quantize1{nullptr}, m_quantize2{nullptr};
    torch::Tensor m_codebook; // [code, code dim], unit rows
};
TORCH_MODULE(Beats);

/// padding [batch, sample] bool -> [batch, token], by way of the frames: a part is padding where all of it is. What is left
/// over when samples are shared out among frames, and frames among tokens, is cut off, as in the official implementation.
torch::Tensor beatsPadding(const torch::Tensor& padding, int64_t frames, int64_t tokens);

/// All tensors under their official names, as the official implementation's load_state_dict(strict=True) wants them.
NamedTensors beatsStateDict(const BeatsImpl& model);

/// A checkpoint's tensors as BeatsImpl names them: without the prefix of a wrapper, the shared table once.
NamedTensors beatsTensors(const NamedTensors& checkpoint);

/// The model of a checkpoint, in evaluation mode; cfg may be null. Throws Error as BeatsConfig::of() and loadStateDict().
Beats beatsFrom(const Json& cfg, const NamedTensors& tensors);

} // namespace melscope
