// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// NumPy's .npy, version 1.0, little-endian, C order: float32 or int32, as many values as `shape` says.
std::string encodeNpy(std::span<const float> values, const std::vector<int64_t>& shape);
std::string encodeNpy(std::span<const int32_t> values, const std::vector<int64_t>& shape);

namespace npy {
inline constexpr std::string_view magic("\x93NUMPY\x01\x00", 8);
inline constexpr size_t prefixLength = magic.size() + 2; ///< and two bytes for the length of the header text
} // namespace npy

} // namespace melscope
