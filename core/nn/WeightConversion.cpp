// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/WeightConversion.h"

#include "base/Error.h"

#include <algorithm>
#include <array>

namespace melscope {
namespace {

constexpr std::array types = {
    std::pair(ElementType::F64, torch::kFloat64), std::pair(ElementType::F32, torch::kFloat32), std::pair(ElementType::F16, torch::kFloat16),
    std::pair(ElementType::BF16, torch::kBFloat16), std::pair(ElementType::I64, torch::kInt64), std::pair(ElementType::I32, torch::kInt32),
    std::pair(ElementType::I16, torch::kInt16), std::pair(ElementType::I8, torch::kInt8), std::pair(ElementType::U8, torch::kUInt8),
    std::pair(ElementType::Bool, torch::kBool),
};

torch::ScalarType torchType(ElementType type)
{
    return std::ranges::find(types, type, [](const auto& pair) { return pair.first; })->second;
}

ElementType elementType(torch::ScalarType type)
{
    const auto known = std::ranges::find(types, type, [](const auto& pair) { return pair.second; });
    if (known == types.end())
        throw Error(ErrorKind::Unsupported, std::string("Weight files have no element type for ") + torch::toString(type) + ".");
    return known->first;
}

} // namespace

NamedTensors toTensors(const std::vector<WeightTensor>& weights)
{
    NamedTensors tensors;
    for (const WeightTensor& weight : weights) {
        torch::Tensor tensor = torch::empty(weight.shape, torch::TensorOptions(torchType(weight.type)));
        copyElements(weight, static_cast<std::byte*>(tensor.data_ptr()));
        tensors.emplace_back(weight.name, std::move(tensor));
    }
    return tensors;
}

std::vector<WeightTensor> layoutOf(const NamedTensors& tensors)
{
    std::vector<WeightTensor> layout;
    for (const auto& [name, tensor] : tensors) {
        const std::vector<int64_t> shape = tensor.sizes().vec();
        layout.push_back({.name = name, .type = elementType(tensor.scalar_type()), .shape = shape, .strides = rowMajorStrides(shape)});
    }
    return layout;
}

std::vector<WeightTensor> toWeights(const NamedTensors& tensors)
{
    std::vector<WeightTensor> weights = layoutOf(tensors);
    for (size_t i = 0; i < weights.size(); ++i) {
        const auto plain = std::make_shared<const torch::Tensor>(tensors[i].second.detach().contiguous());
        weights[i].storage = {.bytes = {plain, static_cast<const std::byte*>(plain->data_ptr())}, .size = static_cast<int64_t>(plain->nbytes())};
    }
    return weights;
}

} // namespace melscope
