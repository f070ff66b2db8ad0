// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// The clip backwards. Draws nothing.
class TimeReversal : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit TimeReversal(const Json&) {}
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;
};

} // namespace melscope
