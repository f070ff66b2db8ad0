// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/NetworkMaker.h"

#include "base/Error.h"
#include "nn/Beats.h"
#include "nn/EfficientNet.h"
#include "nn/FeatureHead.h"
#include "nn/PatchResNet.h"
#include "nn/PatchTransformer.h"
#include "nn/ResNet.h"
#include "tokens/TokenLayout.h"
#include "training/BeatsEncoder.h"

namespace melscope {
namespace {

/// The weights decide, also where their file is no longer there: a trained fold is evaluated without it.
EfficientNetOptions efficientNetOptions(const Recipe& recipe)
{
    if (!recipe.weights)
        return {.lite = recipe.text("training.network") == "lite0"};
    return {.lite = recipe.weights->architecture == "efficientnet-lite0", .tensorFlow = recipe.weights->naming == "lukemelas"};
}

PatchTransformerOptions transformerOptions(const Recipe& recipe)
{
    const int patch = patchOf(recipe);
    const FrontEnd frontEnd = recipe.frontEnd();
    const TokenLayout layout = TokenLayout::of({.mels = patch, .frames = patch}, frontEnd.mels, frontEnd.frames());
    return {.patch = patch, .rows = layout.rows, .columns = layout.columns, .convolutionalStem = recipe.text("model.stem") == "convolutions",
            .attentionPooling = recipe.text("model.pooling") == "attention", .layers = recipe.integer("model.layers"),
            .dim = recipe.integer("model.dim"), .heads = recipe.integer("model.heads"), .dropPath = recipe.real("model.drop_path")};
}

} // namespace

int patchOf(const Recipe& recipe)
{
    return std::stoi(recipe.text("model.patch"));
}

NetworkMaker networkMaker(const Recipe& recipe)
{
    if (recipe.method == "resnet34" || recipe.method == "simclr")
        return [](int64_t classes) { return std::make_shared<ResNetImpl>(ResNetOptions{.classes = classes}); };
    if (recipe.method == "cnn-beats")
        return [patch = patchOf(recipe)](int64_t classes) {
            return std::make_shared<PatchResNetImpl>(PatchResNetOptions{.patch = patch, .classes = classes});
        };
    if (recipe.method == "transformer-beats")
        return [options = transformerOptions(recipe)](int64_t classes) {
            PatchTransformerOptions own = options;
            own.classes = classes;
            return std::make_shared<PatchTransformerImpl>(own);
        };
    if (recipe.method == "efficientnet-b0")
        return [options = efficientNetOptions(recipe)](int64_t classes) mutable {
            options.classes = classes;
            return std::make_shared<EfficientNetImpl>(options);
        };
    if (recipe.method == "beats-frozen") {
        const auto pooling = recipe.text("training.pooling") == "bands" ? FeatureHeadImpl::Pooling::Bands : FeatureHeadImpl::Pooling::Mean;
        const BeatsConfig config = beatsEncoder(recipe);
        return [pooling, bands = recipe.frontEnd().mels / config.patch, dim = config.dim](int64_t classes) {
            return std::make_shared<FeatureHeadImpl>(pooling, bands, dim, classes);
        };
    }
    if (recipe.method == "beats-finetuned")
        return [config = beatsEncoder(recipe), layerDrop = recipe.real("training.layer_drop")](int64_t classes) {
            BeatsConfig own = config;
            own.predictorClasses = classes;
            own.layerDrop = layerDrop;
            return std::make_shared<BeatsImpl>(own);
        };
    throw Error(ErrorKind::Unsupported, "This version cannot train the method \"" + recipe.method + "\".");
}

} // namespace melscope
