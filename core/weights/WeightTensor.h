// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/ElementType.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace melscope {

/// Raw little-endian numbers; several tensors may be views of one storage. Copies share the memory.
struct WeightStorage
{
    std::shared_ptr<const std::byte> bytes; ///< null where a file was only checked; of any alignment
    int64_t size = 0;                       ///< bytes
};

/// A named tensor of a weight file, without torch: a strided view of a storage. Element (i, j, ...) is number
/// offset + i strides[0] + j strides[1] + ... of the storage; all of them lie within it.
struct WeightTensor
{
    std::string name;
    ElementType type = ElementType::F32;
    std::vector<int64_t> shape;   ///< empty: a single number
    std::vector<int64_t> strides; ///< elements, none negative
    int64_t offset = 0;           ///< elements
    WeightStorage storage;

    int64_t elements() const;
    int64_t byteSize() const { return elements() * elementSize(type); }
    bool isContiguous() const; ///< its elements lie in row-major order, without gaps
};

/// What a row-major tensor of this shape has.
std::vector<int64_t> rowMajorStrides(const std::vector<int64_t>& shape);

/// Why a view of this geometry is no use on a storage of `storageElements`: it leaves it, repeats it too often, or its
/// numbers overflow. Empty when all is well; everything that reads a file asks before it trusts a WeightTensor.
std::string layoutProblem(const std::vector<int64_t>& shape, const std::vector<int64_t>& strides, int64_t offset, int64_t storageElements);

/// Writes byteSize() bytes, row-major. The storage must have been kept.
void copyElements(const WeightTensor& tensor, std::byte* target);

/// "64x3x7x7"; "scalar".
std::string shapeText(const std::vector<int64_t>& shape);

} // namespace melscope
