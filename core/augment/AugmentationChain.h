// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/Augmentation.h"

#include <memory>
#include <vector>

namespace melscope {

/// Augmentations in the order in which they act, as in a chain file:
/// {"spectrogram": [{"name": "time_roll", "probability": 1.0, ...}, ...]}. Immutable, cheap to copy.
class AugmentationChain
{
public:
    AugmentationChain() = default;
    /// Throws Error(InvalidValue) that names an unknown augmentation or a value out of range.
    static AugmentationChain fromJson(const Json& json);
    Json toJson() const;

    bool empty() const { return m_spectrogram.empty(); }

    /// The same (seed, epoch, clip) always gives the same result; augmentation i draws from stream i + 1.
    void apply(SpectrogramGrid& grid, uint64_t seed, uint64_t epoch, uint64_t clip) const;

private:
    std::vector<std::shared_ptr<const SpectrogramAugmentation>> m_spectrogram;
};

} // namespace melscope
