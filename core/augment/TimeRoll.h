// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/Augmentation.h"

namespace melscope {

/// Cyclic shift along time by a uniformly drawn number of frames: what leaves at the end returns at the beginning.
class TimeRoll : public SpectrogramAugmentation
{
public:
    struct Config
    {
        double probability = 1.0; ///< [0, 1]
        double maxShare = 1.0;    ///< largest shift as a share of the clip, [0, 1]
        bool operator==(const Config&) const = default;
    };

    explicit TimeRoll(const Config& config) : m_config(config) {}
    static const ParameterSchema& schema();
    static Config configFrom(const Json& json); ///< Throws Error(InvalidValue).

    std::string name() const override { return "time_roll"; }
    Json toJson() const override;
    void apply(SpectrogramGrid& grid, RandomStream& random) const override;

private:
    Config m_config;
};

} // namespace melscope
