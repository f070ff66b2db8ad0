// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace melscope {

/// Who wrote a file of EfficientNet-B0 or -Lite0 weights shows in what the tensors are called.
enum class EfficientNetNaming {
    Torchvision, ///< features.1.0.block.0.0.weight; ours
    Timm,        ///< blocks.0.0.conv_dw.weight
    Lukemelas    ///< _blocks.0._depthwise_conv.weight (EfficientNet-PyTorch)
};

/// Nothing where `tensor` is no name of that kind.
std::optional<std::string> renamed(std::string_view tensor, EfficientNetNaming from, EfficientNetNaming to);

/// By the name of one tensor; nothing where it is none of an EfficientNet's.
std::optional<EfficientNetNaming> efficientNetNaming(std::string_view tensor);

} // namespace melscope
