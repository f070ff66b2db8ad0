// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/BeatsCheckpoint.h"

#include <algorithm>

namespace melscope {
namespace {

std::string tableOf(int layer)
{
    return "encoder.layers." + std::to_string(layer) + ".self_attn.relative_attention_bias.weight";
}

bool hasLayer(const std::vector<WeightTensor>& tensors, int layer)
{
    return std::ranges::count(tensors, "encoder.layers." + std::to_string(layer) + ".fc1.weight", &WeightTensor::name) > 0;
}

} // namespace

std::vector<WeightTensor> officialBeatsTensors(const std::vector<WeightTensor>& tensors)
{
    std::vector<WeightTensor> all = tensors;
    const auto shared = std::ranges::find(tensors, tableOf(0), &WeightTensor::name);
    if (shared == tensors.end())
        return all;
    for (int layer = 1; hasLayer(tensors, layer); ++layer) {
        all.push_back(*shared);
        all.back().name = tableOf(layer);
    }
    return all;
}

Json officialBeatsMembers(const BeatsConfig& encoder, const std::vector<std::string>& classes)
{
    BeatsConfig whole = encoder;
    whole.predictorClasses = static_cast<int64_t>(classes.size());
    return {{"cfg", whole.toCfg()}, {"classes", classes}};
}

} // namespace melscope
