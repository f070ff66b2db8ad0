// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Network.h"

namespace melscope {

struct EfficientNetOptions
{
    bool lite = false;       ///< Lite0: B0 without squeeze-and-excitation, with ReLU6 for SiLU
    bool tensorFlow = false; ///< weights converted from TensorFlow: its SAME padding, batch-norm epsilon 1e-3 for 1e-5
    int64_t inChannels = 3;
    int64_t classes = 1000;
    double dropout = 0.2;  ///< before the classifier
    double dropPath = 0.2; ///< probability with which the last block is skipped, falling linearly to 0 at the first
};

/// A convolution without bias, its batch norm and, where wanted, the activation.
class ConvolutionNormImpl : public torch::nn::Module
{
public:
    ConvolutionNormImpl(const EfficientNetOptions& options, int64_t in, int64_t out, int64_t kernel, int64_t stride = 1,
                        int64_t groups = 1, bool activated = true);
    torch::Tensor forward(const torch::Tensor& input);

private:
    torch::nn::Conv2d m_convolution;
    torch::nn::BatchNorm2d m_norm;
    bool m_samePadding;
    bool m_lite;
    bool m_activated;
};
TORCH_MODULE(ConvolutionNorm);

/// Scales every channel by what the clip's channel means say (Hu et al. 2018, arXiv 1709.01507).
class SqueezeExcitationImpl : public torch::nn::Module
{
public:
    SqueezeExcitationImpl(int64_t channels, int64_t squeezed);
    torch::Tensor forward(const torch::Tensor& input);

private:
    torch::nn::Conv2d m_fc1, m_fc2;
};
TORCH_MODULE(SqueezeExcitation);

/// Mobile inverted bottleneck: expand, filter per channel, project, around a shortcut where the shape allows one.
class InvertedBottleneckImpl : public torch::nn::Module
{
public:
    struct Shape
    {
        int64_t in = 0, out = 0, kernel = 3, stride = 1, expansion = 6;
    };
    InvertedBottleneckImpl(const EfficientNetOptions& options, const Shape& shape, double dropPath);
    torch::Tensor forward(const torch::Tensor& input);

private:
    ConvolutionNorm m_expand{nullptr}; // none where nothing is expanded
    ConvolutionNorm m_depthwise{nullptr};
    SqueezeExcitation m_excitation{nullptr}; // none in Lite0
    ConvolutionNorm m_project{nullptr};
    bool m_shortcut;
    double m_dropPath;
};
TORCH_MODULE(InvertedBottleneck);

/// EfficientNet-B0 (Tan and Le 2019, arXiv 1905.11946) and Lite0. Names and order of the tensors are torchvision's; Lite0's are
/// those of B0 without squeeze-and-excitation (block.2 of a block that expands is left out). Agrees with torchvision 0.14.1
/// and, for Lite0, with the weights converted from TensorFlow.
/// In training mode dropout and drop path draw from torch's generator.
class EfficientNetImpl : public Network
{
public:
    explicit EfficientNetImpl(const EfficientNetOptions& options);

    /// [batch, channel, mel, frame] -> logits [batch, class]. Where the stem has three channels and the input one, it is replicated.
    torch::Tensor forward(const torch::Tensor& input) override;
    bool isHead(const std::string& tensor) const override { return tensor.starts_with("classifier."); }
    /// -> [batch, 1280], means over mel and frame: what the classifier sees.
    torch::Tensor features(const torch::Tensor& input) override;
    int64_t featureCount() const override { return m_classifier->options.in_features(); }

    const EfficientNetOptions& options() const { return m_options; }

private:
    EfficientNetOptions m_options;
    ConvolutionNorm m_stem{nullptr};
    std::vector<InvertedBottleneck> m_blocks;
    ConvolutionNorm m_head{nullptr};
    torch::nn::Linear m_classifier{nullptr};
};
TORCH_MODULE(EfficientNet);

/// A checkpoint's tensors under torchvision's names, whoever named them; the counters of old files that lack them are
/// added. Throws Error(Format) that names the first tensor that is none of EfficientNet-B0's or -Lite0's.
NamedTensors efficientNetTensors(const NamedTensors& checkpoint);

/// Which architecture a checkpoint was trained as. lukemelas' names mean weights converted from TensorFlow. Throws as above.
EfficientNetOptions efficientNetOptions(const NamedTensors& checkpoint);

} // namespace melscope
