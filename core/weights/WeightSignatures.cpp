// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/WeightSignatures.h"

namespace melscope {
namespace {

using Part = WeightSignature::Part;

WeightSignature beats(const std::string& kind, const std::vector<Part>& more)
{
    WeightSignature signature{.architecture = "beats", .title = "BEATs, " + kind, .naming = "BEATs",
                              .present = {{"patch_embedding.weight", {anySize, 1, anySize, anySize}},
                                          {"encoder.pos_conv.0.weight_g", {1, 1, anySize}},
                                          {"encoder.layers.0.self_attn.q_proj.weight", {anySize, anySize}},
                                          {"encoder.layers.0.fc1.weight", {anySize, anySize}}},
                              .classifier = "predictor.weight", .methods = {"beats-frozen", "beats-finetuned"},
                              .use = "BEATs (frozen) and BEATs (fine-tuned) start from it."};
    signature.present.insert(signature.present.end(), more.begin(), more.end());
    return signature;
}

std::vector<WeightSignature> beatsFamily()
{
    WeightSignature tokenizer = beats("tokenizer", {{"quantize.embedding.weight", {anySize, anySize}}});
    tokenizer.architecture = "beats-tokenizer";
    tokenizer.classifier.clear();
    tokenizer.methods.clear();
    tokenizer.use = "It turns clips into tokens; no method starts from it.";
    WeightSignature finetuned = beats("fine-tuned", {{"predictor.weight", {anySize, anySize}}});
    finetuned.architecture = "beats-finetuned";
    finetuned.use += " Its own classifier is left out.";
    return {tokenizer, finetuned, beats("pretrained", {})};
}

/// B0 and Lite0 share their layers' sizes; only B0 squeezes and excites.
WeightSignature efficientNet(bool lite, const std::string& naming, std::vector<Part> present, const std::string& squeeze,
                             std::vector<std::string> absent, const std::string& classifier)
{
    const std::string name = lite ? "EfficientNet-Lite0" : "EfficientNet-B0";
    if (lite)
        absent.push_back(squeeze);
    else
        present.push_back({squeeze, {8, 32, 1, 1}});
    return {.architecture = lite ? "efficientnet-lite0" : "efficientnet-b0", .title = name, .naming = naming,
            .present = std::move(present), .absent = std::move(absent), .classifier = classifier, .methods = {"efficientnet-b0"},
            .use = "EfficientNet-B0 (ImageNet transfer) starts from it."};
}

WeightSignature torchvisionEfficientNet()
{
    return efficientNet(false, "torchvision",
                        {{"features.0.0.weight", {32, anySize, 3, 3}},
                         {"features.1.0.block.0.0.weight", {32, 1, 3, 3}},
                         {"features.7.0.block.3.0.weight", {320, 1152, 1, 1}},
                         {"features.8.0.weight", {1280, 320, 1, 1}}},
                        "features.1.0.block.1.fc1.weight", {"features.1.1.block.0.0.weight"}, "classifier.1.weight");
}

WeightSignature timmEfficientNet(bool lite)
{
    return efficientNet(lite, "timm",
                        {{"conv_stem.weight", {32, anySize, 3, 3}},
                         {"blocks.0.0.conv_dw.weight", {32, 1, 3, 3}},
                         {"blocks.6.0.conv_pwl.weight", {320, 1152, 1, 1}},
                         {"conv_head.weight", {1280, 320, 1, 1}}},
                        "blocks.0.0.se.conv_reduce.weight", {"blocks.0.1.conv_dw.weight"}, "classifier.weight");
}

WeightSignature lukemelasEfficientNet(bool lite)
{
    return efficientNet(lite, "lukemelas",
                        {{"_conv_stem.weight", {32, anySize, 3, 3}},
                         {"_blocks.0._depthwise_conv.weight", {32, 1, 3, 3}},
                         {"_blocks.15._project_conv.weight", {320, 1152, 1, 1}},
                         {"_conv_head.weight", {1280, 320, 1, 1}}},
                        "_blocks.0._se_reduce.weight", {"_blocks.16._project_conv.weight"}, "_fc.weight");
}

WeightSignature resNet34()
{
    return {.architecture = "resnet34", .title = "ResNet-34", .naming = "torchvision",
            .present = {{"conv1.weight", {64, anySize, 7, 7}},
                        {"layer1.2.conv2.weight", {64, 64, 3, 3}},
                        {"layer2.3.conv2.weight", {128, 128, 3, 3}},
                        {"layer3.5.conv2.weight", {256, 256, 3, 3}},
                        {"layer4.2.conv2.weight", {512, 512, 3, 3}}},
            .absent = {"layer1.0.conv3.weight", "layer1.3.conv1.weight", "layer2.4.conv1.weight", "layer3.6.conv1.weight"},
            .classifier = "fc.weight", .use = "No method starts from it: ResNet-34 and SimCLR train from scratch."};
}

} // namespace

const std::vector<WeightSignature>& weightSignatures()
{
    static const std::vector<WeightSignature> signatures = [] {
        std::vector<WeightSignature> list = beatsFamily();
        list.push_back(torchvisionEfficientNet());
        for (const bool lite : {false, true}) {
            list.push_back(timmEfficientNet(lite));
            list.push_back(lukemelasEfficientNet(lite));
        }
        list.push_back(resNet34());
        return list;
    }();
    return signatures;
}

} // namespace melscope
