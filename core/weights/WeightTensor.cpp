// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/WeightTensor.h"

#include "base/Error.h"

#include <cstring>

namespace melscope {
namespace {

constexpr size_t mostDimensions = 16;
constexpr int64_t mostRepeated = 1 << 16; // what expand() leaves in real files is small

/// Walks dimension by dimension, so that the depth is at most mostDimensions.
std::byte* copyFrom(const WeightTensor& tensor, size_t dimension, const std::byte* source, std::byte* target)
{
    const int64_t size = elementSize(tensor.type);
    if (dimension == tensor.shape.size()) {
        std::memcpy(target, source, static_cast<size_t>(size));
        return target + size;
    }
    for (int64_t i = 0; i < tensor.shape[dimension]; ++i)
        target = copyFrom(tensor, dimension + 1, source + i * tensor.strides[dimension] * size, target);
    return target;
}

} // namespace

int64_t WeightTensor::elements() const
{
    int64_t count = 1;
    for (const int64_t size : shape)
        count *= size;
    return count;
}

bool WeightTensor::isContiguous() const
{
    const std::vector<int64_t> expected = rowMajorStrides(shape);
    for (size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] > 1 && strides[i] != expected[i])
            return false;
    }
    return true;
}

std::vector<int64_t> rowMajorStrides(const std::vector<int64_t>& shape)
{
    std::vector<int64_t> strides(shape.size());
    int64_t step = 1;
    for (size_t i = shape.size(); i-- > 0;) {
        strides[i] = step;
        step *= shape[i];
    }
    return strides;
}

std::string layoutProblem(const std::vector<int64_t>& shape, const std::vector<int64_t>& strides, int64_t offset, int64_t storageElements)
{
    if (shape.size() > mostDimensions)
        return "has " + std::to_string(shape.size()) + " dimensions";
    if (shape.size() != strides.size())
        return "has not as many strides as dimensions";
    if (offset < 0 || offset > storageElements)
        return "begins outside its storage";
    int64_t count = 1; // zeros left out, so that no product of sizes can overflow later
    int64_t last = offset;
    bool empty = false;
    for (size_t i = 0; i < shape.size(); ++i) {
        int64_t reach = 0;
        if (shape[i] < 0 || strides[i] < 0)
            return "has a negative size or stride";
        if (shape[i] == 0) {
            empty = true;
        } else if (__builtin_mul_overflow(count, shape[i], &count) || __builtin_mul_overflow(shape[i] - 1, strides[i], &reach)
                   || __builtin_add_overflow(last, reach, &last)) {
            return "has a shape beyond all bounds";
        }
    }
    if (empty)
        return {};
    if (last >= storageElements)
        return "reaches beyond the end of its storage";
    if (count > storageElements && count > mostRepeated)
        return "repeats its storage";
    return {};
}

void copyElements(const WeightTensor& tensor, std::byte* target)
{
    if (tensor.elements() == 0)
        return;
    if (!tensor.storage.bytes)
        throw Error(ErrorKind::Internal, "The numbers of \"" + tensor.name + "\" were not kept when its file was read.");
    const std::byte* const first = tensor.storage.bytes.get() + tensor.offset * elementSize(tensor.type);
    if (tensor.isContiguous())
        std::memcpy(target, first, static_cast<size_t>(tensor.byteSize()));
    else
        copyFrom(tensor, 0, first, target);
}

std::string shapeText(const std::vector<int64_t>& shape)
{
    std::string text;
    for (const int64_t size : shape)
        text.append(text.empty() ? "" : "x").append(std::to_string(size));
    return text.empty() ? "scalar" : text;
}

} // namespace melscope
