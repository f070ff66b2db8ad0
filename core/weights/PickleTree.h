// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/ElementType.h"

#include <string>
#include <vector>

namespace melscope {

/// Index into PickleTree::nodes.
using PickleNodeId = uint32_t;

enum class PickleKind : uint8_t { None, Boolean, Integer, Real, Text, Bytes, List, Tuple, Set, Dict, Global, Storage, Tensor };

struct PickleNode
{
    PickleKind kind = PickleKind::None;
    int64_t integer = 0; ///< Boolean, Integer; Global: which of the known ones; Storage: index into views; Tensor: into tensors
    double real = 0.0;
    std::string text;                ///< Text, Bytes
    std::vector<PickleNodeId> items; ///< List, Tuple, Set; Dict: key, value, key, value ...
};

/// A storage that the pickle names; its bytes lie elsewhere in the file.
struct PickledStorage
{
    std::string key;
    ElementType type = ElementType::F32;
    int64_t elements = 0; ///< as claimed
};

/// Part of a storage, as the oldest files have them; mostly the whole.
struct PickledView
{
    size_t storage = 0; ///< index into storages
    int64_t offset = 0; ///< elements
    int64_t elements = 0;
};

struct PickledTensor
{
    size_t storage = 0;
    int64_t offset = 0; ///< elements from the storage's beginning
    std::vector<int64_t> shape;
    std::vector<int64_t> strides;
};

/// What a pickle says, as data. Nodes refer to each other by index, so that shared and even circular values are harmless:
/// who walks the tree must bound depth and visits, since a small pickle can unfold to an endless one.
struct PickleTree
{
    std::vector<PickleNode> nodes;
    std::vector<PickledStorage> storages;
    std::vector<PickledView> views;
    std::vector<PickledTensor> tensors; ///< each within its view, by the claimed sizes
    PickleNodeId root = 0;

    const PickleNode& operator[](PickleNodeId id) const { return nodes[id]; }
};

} // namespace melscope
