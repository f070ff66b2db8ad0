// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Cyclic shift by a number of samples drawn evenly: what leaves at the end returns at the beginning.
class TimeShift : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit TimeShift(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    double m_maxShare; // of the clip
};

} // namespace melscope
