// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// Plays the clip faster or slower: pitch and length change together. The clip keeps its length, see Placement.
class Speed : public WaveformAugmentation
{
public:
    static AugmentationInfo info();
    explicit Speed(const Json& values);
    void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const override;

private:
    ParameterRange m_speed;
    std::string m_placement;
};

} // namespace melscope
