// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Files.h"
#include "weights/Safetensors.h"

#include <filesystem>

namespace melscope::test {

/// A safetensors file of zeros with the names and shapes by which EfficientNet-Lite0 is recognised, as lukemelas calls them; with
/// nothing else, so it cannot be trained from.
inline void writeLite0Shapes(const std::filesystem::path& file)
{
    std::vector<WeightTensor> tensors;
    for (const auto& [name, shape] : std::vector<std::pair<std::string, std::vector<int64_t>>>{
             {"_conv_stem.weight", {32, 3, 3, 3}}, {"_blocks.0._depthwise_conv.weight", {32, 1, 3, 3}},
             {"_blocks.15._project_conv.weight", {320, 1152, 1, 1}}, {"_conv_head.weight", {1280, 320, 1, 1}}, {"_fc.weight", {7, 1280}}}) {
        WeightTensor tensor{.name = name, .shape = shape, .strides = rowMajorStrides(shape)};
        const auto zeros = std::make_shared<std::vector<std::byte>>(static_cast<size_t>(tensor.byteSize()));
        tensor.storage = {.bytes = {zeros, zeros->data()}, .size = tensor.byteSize()};
        tensors.push_back(std::move(tensor));
    }
    writeFileAtomically(file, encodeSafetensors(tensors));
}

} // namespace melscope::test
