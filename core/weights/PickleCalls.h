// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/PickleTree.h"
#include "weights/Refusal.h"

#include <map>
#include <string_view>

namespace melscope {

/// What a pickle may name, call and refer to: the part of unpickling that knows PyTorch.
class PickleCalls
{
public:
    PickleCalls(PickleTree& tree, const Refusal& refuse) : m_tree(tree), m_refuse(refuse) {}

    PickleNode global(std::string_view module, std::string_view name) const; ///< Error(Unsupported) for any unknown one
    PickleNode call(const PickleNode& callable, const PickleNode& arguments);
    PickleNode persistent(const PickleNode& id); ///< ("storage", class, key, device, elements, view)

private:
    PickleNode orderedDict(const PickleNode& arguments) const;
    PickleNode tensor(const PickleNode& arguments);
    std::vector<int64_t> sizes(const PickleNode& tuple) const;
    const PickleNode& argument(const PickleNode& arguments, size_t index, PickleKind kind) const;
    size_t storage(PickledStorage wanted);

    PickleTree& m_tree;
    const Refusal& m_refuse;
    std::map<std::string, size_t> m_storages;
};

} // namespace melscope
