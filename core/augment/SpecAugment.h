// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/Augmentation.h"

namespace melscope {

/// Masks of whole frames and whole bands (Park et al. 2019, arXiv 1904.08779), filled with the spectrogram's mean so that
/// a mask is neither loud nor silent. Widths are uniform from 0 to the given maximum.
class SpecAugment : public SpectrogramAugmentation
{
public:
    struct Config
    {
        double probability = 1.0; ///< [0, 1]
        int timeMasks = 2;
        double timeShare = 0.15; ///< widest time mask as a share of the frames, [0, 1]
        int frequencyMasks = 2;
        double frequencyShare = 0.19; ///< widest frequency mask as a share of the bands, [0, 1]
        bool operator==(const Config&) const = default;
    };

    explicit SpecAugment(const Config& config) : m_config(config) {}
    static const ParameterSchema& schema();
    static Config configFrom(const Json& json); ///< Throws Error(InvalidValue).

    std::string name() const override { return "spec_augment"; }
    Json toJson() const override;
    void apply(SpectrogramGrid& grid, RandomStream& random) const override;

private:
    Config m_config;
};

} // namespace melscope
