// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Recipe.h"
#include "weights/BeatsConfig.h"

namespace melscope {

/// The encoder of a BEATs recipe, without predictor and codebook: its weights', or the base model's. Throws Error(Missing) as
/// requireWeights() does.
BeatsConfig beatsEncoder(const Recipe& recipe);

} // namespace melscope
