// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace melscope {

/// The kinds of numbers that weight files hold, all little-endian.
enum class ElementType : uint8_t { F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool };

int64_t elementSize(ElementType type); ///< bytes

/// safetensors' names: "F64" ... "U8", "BOOL".
const char* toString(ElementType type);
std::optional<ElementType> elementTypeNamed(std::string_view safetensorsName);

/// PyTorch's storage classes: "DoubleStorage" ... "BoolStorage".
const char* torchStorageName(ElementType type);
std::optional<ElementType> elementTypeOfTorchStorage(std::string_view className);

} // namespace melscope
