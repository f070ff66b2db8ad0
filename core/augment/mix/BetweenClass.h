// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"
#include "spectral/AWeighting.h"

#include <map>
#include <memory>
#include <mutex>

namespace melscope {

/// Between-class mixing on samples (Tokozume et al. 2018, arXiv 1711.10282): with r ~ U(0, 1) and the A-weighted levels G1, G2
/// in dB (AWeightedMeter), t = 1 / (1 + 10^((G1 - G2) / 20) (1 - r) / r), so that the clips are as loud as r : 1 - r, and
/// x = (t x1 + (1 - t) x2) / sqrt(t^2 + (1 - t)^2), as energies add. The label's share is r, the partner of another class.
/// Digital silence has no level: with it t = r.
class BetweenClass : public WaveformMixing
{
public:
    static AugmentationInfo info();
    explicit BetweenClass(const Json& values);
    bool wantsOtherClass() const override { return true; }
    double mix(std::vector<float>& samples, const std::vector<float>& partner, int sampleRate, RandomStream& random) const override;

private:
    const AWeightedMeter& meter(int sampleRate) const;

    mutable std::mutex m_mutex; // protects m_meters; what is in it stays
    mutable std::map<int, std::unique_ptr<const AWeightedMeter>> m_meters;
};

} // namespace melscope
