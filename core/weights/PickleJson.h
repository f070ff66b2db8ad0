// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"
#include "weights/PickleTree.h"

#include <optional>

namespace melscope {

/// A value without tensors as JSON: tuples and sets become arrays, keys text. Nothing where it unfolds to more than `budget`
/// values, is nested beyond 32 levels (or circular), or holds bytes or a tensor. `budget` is lowered by the values visited.
std::optional<Json> pickleToJson(const PickleTree& tree, PickleNodeId value, int& budget);

/// A dictionary's key as text: "3" for 3. Nothing for a key that is neither text nor number.
std::optional<std::string> pickleKey(const PickleNode& key);

} // namespace melscope
