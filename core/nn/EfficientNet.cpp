// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/EfficientNet.h"

#include "base/Error.h"
#include "nn/Container.h"
#include "nn/DropPath.h"
#include "nn/EfficientNetNames.h"

#include <algorithm>
#include <array>

namespace melscope {
namespace {

constexpr int64_t stemChannels = 32;
constexpr int64_t headChannels = 1280;

struct Stage
{
    int64_t out, blocks, kernel, stride, expansion;
};
constexpr std::array stages = {Stage{16, 1, 3, 1, 1},  Stage{24, 2, 3, 2, 6},  Stage{40, 2, 5, 2, 6}, Stage{80, 3, 3, 2, 6},
                               Stage{112, 3, 5, 1, 6}, Stage{192, 4, 5, 2, 6}, Stage{320, 1, 3, 1, 6}};

/// What TensorFlow's SAME pads a side of that length with, before and after: an odd pixel goes after.
std::pair<int64_t, int64_t> samePadding(int64_t size, int64_t kernel, int64_t stride)
{
    const int64_t total = std::max<int64_t>(((size + stride - 1) / stride - 1) * stride + kernel - size, 0);
    return {total / 2, total - total / 2};
}

torch::Tensor convolveSame(const torch::nn::Conv2d& convolution, const torch::Tensor& input)
{
    const int64_t kernel = convolution->options.kernel_size()->at(0);
    const int64_t stride = convolution->options.stride()->at(0);
    const auto [top, bottom] = samePadding(input.size(2), kernel, stride);
    const auto [left, right] = samePadding(input.size(3), kernel, stride);
    namespace F = torch::nn::functional;
    return F::conv2d(torch::constant_pad_nd(input, {left, right, top, bottom}), convolution->weight,
                     F::Conv2dFuncOptions().stride(stride).groups(convolution->options.groups()));
}

/// x -> min(max(x, 0), 6) in place: torch 1.13's own has no gradient in bf16.
class Relu6 : public torch::autograd::Function<Relu6>
{
public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, torch::Tensor x)
    {
        x.clamp_(0.0, 6.0);
        context->mark_dirty({x});
        context->save_for_backward({x});
        return x;
    }

    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context, torch::autograd::tensor_list gradients)
    {
        const torch::Tensor y = context->get_saved_variables().front();
        return {at::threshold_backward(at::threshold_backward(gradients.front(), y, 0.0), 6.0 - y, 0.0)};
    }
};

EfficientNetNaming namingOf(const NamedTensors& checkpoint)
{
    for (const auto& [name, tensor] : checkpoint) {
        if (const auto naming = efficientNetNaming(name))
            return *naming;
    }
    throw Error(ErrorKind::Format, "These weights are not EfficientNet-B0's or -Lite0's: no tensor has one of their names.");
}

} // namespace

ConvolutionNormImpl::ConvolutionNormImpl(const EfficientNetOptions& options, int64_t in, int64_t out, int64_t kernel,
                                         int64_t stride, int64_t groups, bool activated)
    : m_convolution(torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).groups(groups).bias(false)),
      m_norm(torch::nn::BatchNorm2dOptions(out).eps(options.tensorFlow ? 1e-3 : 1e-5)),
      m_samePadding(options.tensorFlow && stride > 1), // a stride of 1 leaves an even rest: SAME is the ordinary padding
      m_lite(options.lite), m_activated(activated)
{
    register_module("0", m_convolution);
    register_module("1", m_norm);
}

torch::Tensor ConvolutionNormImpl::forward(const torch::Tensor& input)
{
    torch::Tensor x = m_norm(m_samePadding ? convolveSame(m_convolution, input) : m_convolution(input));
    if (!m_activated)
        return x;
    return m_lite ? Relu6::apply(x) : torch::silu(x);
}

SqueezeExcitationImpl::SqueezeExcitationImpl(int64_t channels, int64_t squeezed)
    : m_fc1(torch::nn::Conv2dOptions(channels, squeezed, 1)), m_fc2(torch::nn::Conv2dOptions(squeezed, channels, 1))
{
    register_module("fc1", m_fc1);
    register_module("fc2", m_fc2);
}

torch::Tensor SqueezeExcitationImpl::forward(const torch::Tensor& input)
{
    const torch::Tensor squeezed = torch::silu(m_fc1(torch::adaptive_avg_pool2d(input, {1, 1})));
    return input * torch::sigmoid(m_fc2(squeezed));
}

InvertedBottleneckImpl::InvertedBottleneckImpl(const EfficientNetOptions& options, const Shape& shape, double dropPath)
    : m_shortcut(shape.stride == 1 && shape.in == shape.out), m_dropPath(dropPath)
{
    const int64_t expanded = shape.in * shape.expansion;
    const auto block = addContainer(*this, "block");
    int place = 0;
    const auto nextName = [&] { return std::to_string(place++); };
    if (shape.expansion > 1)
        m_expand = block->register_module(nextName(), ConvolutionNorm(options, shape.in, expanded, 1));
    m_depthwise = block->register_module(nextName(), ConvolutionNorm(options, expanded, expanded, shape.kernel, shape.stride, expanded));
    const std::string excitationName = nextName(); // Lite0 keeps the place free, so that both have the same names
    if (!options.lite)
        m_excitation = block->register_module(excitationName, SqueezeExcitation(expanded, std::max<int64_t>(1, shape.in / 4)));
    m_project = block->register_module(nextName(), ConvolutionNorm(options, expanded, shape.out, 1, 1, 1, false));
}

torch::Tensor InvertedBottleneckImpl::forward(const torch::Tensor& input)
{
    torch::Tensor x = m_expand.is_empty() ? input : m_expand(input);
    x = m_depthwise(x);
    if (!m_excitation.is_empty())
        x = m_excitation(x);
    x = m_project(x);
    if (!m_shortcut)
        return x;
    return dropPath(x, m_dropPath, is_training()) + input;
}

EfficientNetImpl::EfficientNetImpl(const EfficientNetOptions& options) : m_options(options)
{
    const auto features = addContainer(*this, "features");
    m_stem = features->register_module("0", ConvolutionNorm(options, options.inChannels, stemChannels, 3, 2));
    int64_t blocks = 0;
    for (const Stage& stage : stages)
        blocks += stage.blocks;
    int64_t in = stemChannels;
    for (size_t s = 0; s < stages.size(); ++s) {
        const Stage& stage = stages[s];
        const auto names = addContainer(*features, std::to_string(s + 1));
        for (int64_t b = 0; b < stage.blocks; ++b) {
            const InvertedBottleneckImpl::Shape shape = {.in = in, .out = stage.out, .kernel = stage.kernel,
                                                         .stride = b == 0 ? stage.stride : 1, .expansion = stage.expansion};
            const double dropPath = options.dropPath * static_cast<double>(m_blocks.size()) / static_cast<double>(blocks);
            m_blocks.push_back(names->register_module(std::to_string(b), InvertedBottleneck(options, shape, dropPath)));
            in = stage.out;
        }
    }
    m_head = features->register_module("8", ConvolutionNorm(options, in, headChannels, 1));
    m_classifier = addContainer(*this, "classifier")->register_module("1", torch::nn::Linear(headChannels, options.classes));
}

torch::Tensor EfficientNetImpl::features(const torch::Tensor& input)
{
    torch::Tensor x = m_stem(input.size(1) == m_options.inChannels ? input : input.expand({-1, m_options.inChannels, -1, -1}));
    for (InvertedBottleneck& block : m_blocks)
        x = block(x);
    return torch::adaptive_avg_pool2d(m_head(x), {1, 1}).flatten(1);
}

torch::Tensor EfficientNetImpl::forward(const torch::Tensor& input)
{
    return m_classifier(torch::dropout(features(input), m_options.dropout, is_training()));
}

NamedTensors efficientNetTensors(const NamedTensors& checkpoint)
{
    const EfficientNetNaming naming = namingOf(checkpoint);
    constexpr std::string_view lastOfNorm = "running_var";
    constexpr std::string_view counter = "num_batches_tracked";
    const bool counted = std::any_of(checkpoint.begin(), checkpoint.end(), [&](const auto& entry) { return entry.first.ends_with(counter); });
    NamedTensors tensors;
    for (const auto& [name, tensor] : checkpoint) {
        const auto own = renamed(name, naming, EfficientNetNaming::Torchvision);
        if (!own)
            throw Error(ErrorKind::Format, "These weights are not EfficientNet-B0's or -Lite0's: neither has a tensor \"" + name + "\".");
        tensors.emplace_back(*own, tensor);
        if (!counted && own->ends_with(lastOfNorm))
            tensors.emplace_back(own->substr(0, own->size() - lastOfNorm.size()) + std::string(counter), torch::zeros({}, torch::kInt64));
    }
    return tensors;
}

EfficientNetOptions efficientNetOptions(const NamedTensors& checkpoint)
{
    EfficientNetOptions options{.lite = true, .tensorFlow = namingOf(checkpoint) == EfficientNetNaming::Lukemelas};
    for (const auto& [name, tensor] : efficientNetTensors(checkpoint)) {
        if (name.ends_with(".fc1.weight"))
            options.lite = false;
        if (name == "features.0.0.weight" && tensor.dim() == 4)
            options.inChannels = tensor.size(1);
        if (name == "classifier.1.weight" && tensor.dim() == 2)
            options.classes = tensor.size(0);
    }
    return options;
}

} // namespace melscope
