// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/ElementType.h"

#include <algorithm>
#include <array>

namespace melscope {
namespace {

struct Row
{
    ElementType type;
    int64_t size;
    const char* name;
    const char* storage;
};

constexpr std::array rows = {
    Row{ElementType::F64, 8, "F64", "DoubleStorage"},     Row{ElementType::F32, 4, "F32", "FloatStorage"},
    Row{ElementType::F16, 2, "F16", "HalfStorage"},       Row{ElementType::BF16, 2, "BF16", "BFloat16Storage"},
    Row{ElementType::I64, 8, "I64", "LongStorage"},       Row{ElementType::I32, 4, "I32", "IntStorage"},
    Row{ElementType::I16, 2, "I16", "ShortStorage"},      Row{ElementType::I8, 1, "I8", "CharStorage"},
    Row{ElementType::U8, 1, "U8", "ByteStorage"},         Row{ElementType::Bool, 1, "BOOL", "BoolStorage"},
};

const Row& rowOf(ElementType type)
{
    return rows[static_cast<size_t>(type)];
}

std::optional<ElementType> typeWith(const char* Row::*column, std::string_view text)
{
    const auto found = std::ranges::find_if(rows, [&](const Row& row) { return text == row.*column; });
    return found == rows.end() ? std::nullopt : std::optional(found->type);
}

} // namespace

int64_t elementSize(ElementType type)
{
    return rowOf(type).size;
}

const char* toString(ElementType type)
{
    return rowOf(type).name;
}

std::optional<ElementType> elementTypeNamed(std::string_view safetensorsName)
{
    return typeWith(&Row::name, safetensorsName);
}

const char* torchStorageName(ElementType type)
{
    return rowOf(type).storage;
}

std::optional<ElementType> elementTypeOfTorchStorage(std::string_view className)
{
    return typeWith(&Row::storage, className);
}

} // namespace melscope
