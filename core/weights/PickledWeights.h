// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/PickleTree.h"
#include "weights/Refusal.h"
#include "weights/WeightFile.h"

#include <functional>

namespace melscope {

/// The bytes of one of the tree's storages. Called once for each; where it is not `needed`, it is checked only and may be
/// returned without bytes.
using StorageLoader = std::function<WeightStorage(const PickledStorage& storage, bool needed)>;

/// Finds the state dict in what was unpickled, and makes the rest metadata. `container` is left to the caller.
/// Throws Error (Format).
WeightFile weightsOf(const PickleTree& tree, const StorageLoader& load, const Refusal& refuse);

} // namespace melscope
