// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/InitialBody.h"

#include "base/Error.h"
#include "nn/Beats.h"
#include "nn/EfficientNet.h"
#include "nn/WeightConversion.h"

namespace melscope {
namespace {

/// Under the names of our network.
NamedTensors renamed(const PretrainedModel& model)
{
    const std::string& architecture = model.identity.architecture;
    if (architecture == "efficientnet-b0" || architecture == "efficientnet-lite0")
        return efficientNetTensors(model.tensors);
    if (architecture == "beats" || architecture == "beats-finetuned")
        return beatsTensors(model.tensors);
    throw Error(ErrorKind::Unsupported, "This version cannot start from " + model.identity.title + ".");
}

} // namespace

PretrainedModel readPretrained(const InitialWeights& weights)
{
    requireUnchanged(weights);
    const WeightFile file = readWeightFile(weights.file);
    WeightIdentity identity = identifyWeights(file, weights.file, weights.sha256);
    return {.identity = identity, .metadata = file.metadata, .tensors = toTensors(modelTensors(file, identity))};
}

NamedTensors initialBody(const Recipe& recipe, const NetworkMaker& make)
{
    if (!recipe.weights)
        return {};
    const PretrainedModel model = readPretrained(*recipe.weights);
    const std::shared_ptr<Network> network = make(1); // the head does not count
    try {
        loadBody(*network, renamed(model));
    } catch (const Error& error) {
        throw Error(error.kind(), recipe.weights->file.string() + ": " + error.what(), recipe.weights->file);
    }
    return bodyOf(*network);
}

} // namespace melscope
