// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <cstdint>
#include <vector>

namespace melscope {

/// Assigns folds 1...count to every clip: all clips of one source recording together, classes as even as that allows,
/// the same for the same seed.
void makeFolds(Dataset& dataset, int count, uint64_t seed);

/// Source recordings whose clips of one class stand in more than one fold: training on one and testing on the other is
/// self-deception. A source in two folds with different classes is harmless and not reported.
std::vector<Problem> findLeaks(const Dataset& dataset);

/// Clip indices whose fold is (is not) `fold`, ascending.
std::vector<int> clipsInFold(const Dataset& dataset, int fold);
std::vector<int> clipsOutsideFold(const Dataset& dataset, int fold);

} // namespace melscope
