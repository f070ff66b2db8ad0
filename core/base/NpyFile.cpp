// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/NpyFile.h"

#include <bit>

namespace melscope {
namespace {

static_assert(std::endian::native == std::endian::little, "npy files are written as they lie in memory");

template <typename Number>
std::string encode(const char* type, std::span<const Number> values, const std::vector<int64_t>& shape)
{
    std::string text = std::string("{'descr': '") + type + "', 'fortran_order': False, 'shape': (";
    for (const int64_t size : shape)
        text += std::to_string(size) + ", "; // a tuple of one keeps its comma
    if (shape.size() > 1)
        text.resize(text.size() - 2);
    text += "), }";
    while ((npy::prefixLength + text.size() + 1) % 64 != 0)
        text += ' ';
    text += '\n';
    const auto length = static_cast<unsigned>(text.size());
    std::string bytes = std::string(npy::magic) + static_cast<char>(length & 255) + static_cast<char>(length >> 8) + text;
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    return bytes;
}

} // namespace

std::string encodeNpy(std::span<const float> values, const std::vector<int64_t>& shape)
{
    return encode("<f4", values, shape);
}

std::string encodeNpy(std::span<const int32_t> values, const std::vector<int64_t>& shape)
{
    return encode("<i4", values, shape);
}

} // namespace melscope
