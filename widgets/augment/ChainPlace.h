// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// A line of a chain's list: an augmentation, or the heading of a stage.
struct ChainPlace
{
    AugmentationStage stage = AugmentationStage::Waveform;
    int row = -1; ///< in the stage's list; -1: the heading

    bool isEntry() const { return row >= 0; }
    size_t index() const { return static_cast<size_t>(row); }
    bool operator==(const ChainPlace&) const = default;
};

} // namespace melscope
