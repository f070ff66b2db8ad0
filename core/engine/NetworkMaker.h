// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Network.h"
#include "training/Recipe.h"

#include <functional>
#include <memory>

namespace melscope {

/// How a method supplies its model: makes one for so many classes, its weights not yet initialised. Called again where a
/// second of the same architecture is needed (averaged weights).
using NetworkMaker = std::function<std::shared_ptr<Network>(int64_t classes)>;

/// Of the recipe's method. Throws Error(Unsupported) where this version cannot train it.
NetworkMaker networkMaker(const Recipe& recipe);

/// Mel rows and frames of a token, of a method that has tokens.
int patchOf(const Recipe& recipe);

} // namespace melscope
