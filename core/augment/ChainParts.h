// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"

#include <string>
#include <vector>

namespace melscope {

/// One augmentation of a chain, and a chain that shows what it does.
struct ChainPart
{
    std::string name;  ///< as in chain files; the second of its kind is "gain 2"
    std::string title; ///< for people, numbered likewise
    AugmentationChain chain;
};

/// One part for each augmentation that can act, in their order.
std::vector<ChainPart> withoutEach(const AugmentationChain& chain); ///< the whole chain with that one ticked off
/// That one alone and always acting. Mixings have no part: they change the label as well.
std::vector<ChainPart> eachAlone(const AugmentationChain& chain);

/// Titles of what can act and takes in other clips of the dataset, in their order: mixings and backgrounds. Without others
/// around they do nothing.
std::vector<std::string> takingOtherClips(const AugmentationChain& chain);

} // namespace melscope
