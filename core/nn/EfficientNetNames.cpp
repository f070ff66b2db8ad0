// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/EfficientNetNames.h"

#include <array>
#include <vector>

namespace melscope {
namespace {

/// One layer's names, in the order of EfficientNetNaming.
using LayerNames = std::array<std::string, 3>;

constexpr std::array blocksPerStage = {1, 2, 2, 3, 3, 4, 1};

void addBlock(std::vector<LayerNames>& layers, int stage, int block, int number)
{
    const std::string place = std::to_string(stage) + "." + std::to_string(block);
    const std::string torchvision = "features." + std::to_string(stage + 1) + "." + std::to_string(block) + ".block.";
    const std::string timm = "blocks." + place + ".";
    const std::string lukemelas = "_blocks." + std::to_string(number) + ".";
    const bool expands = stage > 0;
    int part = 0;
    int norm = 1; // timm counts a block's norms from 1; lukemelas' numbers belong to their convolutions
    const auto addPair = [&](const char* timmConvolution, const char* lukemelasConvolution, const char* lukemelasNorm) {
        const std::string pair = torchvision + std::to_string(part++);
        layers.push_back({pair + ".0", timm + timmConvolution, lukemelas + lukemelasConvolution});
        layers.push_back({pair + ".1", timm + "bn" + std::to_string(norm++), lukemelas + lukemelasNorm});
    };
    if (expands)
        addPair("conv_pw", "_expand_conv", "_bn0");
    addPair("conv_dw", "_depthwise_conv", "_bn1");
    const std::string excitation = torchvision + std::to_string(part++);
    layers.push_back({excitation + ".fc1", timm + "se.conv_reduce", lukemelas + "_se_reduce"});
    layers.push_back({excitation + ".fc2", timm + "se.conv_expand", lukemelas + "_se_expand"});
    addPair(expands ? "conv_pwl" : "conv_pw", "_project_conv", "_bn2");
}

const std::vector<LayerNames>& layerNames()
{
    static const std::vector<LayerNames> layers = [] {
        std::vector<LayerNames> all = {{"features.0.0", "conv_stem", "_conv_stem"}, {"features.0.1", "bn1", "_bn0"},
                                       {"features.8.0", "conv_head", "_conv_head"}, {"features.8.1", "bn2", "_bn1"},
                                       {"classifier.1", "classifier", "_fc"}};
        int number = 0;
        for (size_t stage = 0; stage < blocksPerStage.size(); ++stage) {
            for (int block = 0; block < blocksPerStage[stage]; ++block)
                addBlock(all, static_cast<int>(stage), block, number++);
        }
        return all;
    }();
    return layers;
}

} // namespace

std::optional<std::string> renamed(std::string_view tensor, EfficientNetNaming from, EfficientNetNaming to)
{
    const size_t dot = tensor.rfind('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    for (const LayerNames& layer : layerNames()) {
        if (layer[static_cast<size_t>(from)] == tensor.substr(0, dot))
            return layer[static_cast<size_t>(to)] + std::string(tensor.substr(dot));
    }
    return std::nullopt;
}

std::optional<EfficientNetNaming> efficientNetNaming(std::string_view tensor)
{
    using enum EfficientNetNaming;
    for (const EfficientNetNaming naming : {Torchvision, Timm, Lukemelas}) {
        if (renamed(tensor, naming, naming))
            return naming;
    }
    return std::nullopt;
}

} // namespace melscope
