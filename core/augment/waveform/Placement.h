// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"
#include "base/RandomStream.h"

#include <span>
#include <vector>

namespace melscope {

/// How a clip keeps its length where its sound becomes longer or shorter by a factor: a part of it is taken, and what becomes
/// of that is put somewhere into silence.
struct Placement
{
    size_t from = 0;   ///< of the clip: the first sample taken
    size_t length = 0; ///< and how many
    size_t to = 0;     ///< of the new clip: where they begin
    size_t count = 0;  ///< and how many they are then

    /// The parameter "placement": from the start, or anywhere the drawn place may be.
    static Parameter parameter();
    static Placement draw(const std::string& placement, size_t samples, double factor, RandomStream& random);

    std::span<const float> taken(const std::vector<float>& samples) const { return std::span(samples).subspan(from, length); }
    /// `sound` has count samples.
    void put(const std::vector<float>& sound, std::vector<float>& samples) const;
};

} // namespace melscope
