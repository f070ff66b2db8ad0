// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

namespace melscope {

/// x = share x1 + (1 - share) x2 on samples, share ~ Beta(alpha, alpha) (Zhang et al. 2018, arXiv 1710.09412).
class Mixup : public WaveformMixing
{
public:
    static AugmentationInfo info();
    explicit Mixup(const Json& values);
    double mix(std::vector<float>& samples, const std::vector<float>& partner, int sampleRate, RandomStream& random) const override;

private:
    double m_alpha;
};

} // namespace melscope
