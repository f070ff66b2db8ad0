// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace melscope {

/// A recursive filter: the product of (1 - zero / z) over that of (1 - pole / z), all real and below 1 in magnitude. Poles are
/// distinct, but for those at 0 that as many zeros at 0 cancel.
struct NoiseFilter
{
    static constexpr size_t order = 6;

    std::array<double, order> poles{};
    std::array<double, order> zeros{};

    NoiseFilter inverse() const { return {.poles = zeros, .zeros = poles}; }
};

/// A clip is filtered as so many consecutive stretches side by side, [step][stretch] in memory: a recursion waits for its own
/// last result, sixteen of them fill the CPU's registers.
constexpr size_t noiseStretches = 16;

/// Filters [step][stretch] in place, as if the stretches followed each other and the clip itself: the state at the beginning is
/// that at the end.
void filterStretches(const NoiseFilter& filter, std::span<float> noise);

/// The first `count` samples of [step][stretch], stretch after stretch.
std::vector<float> inTimeOrder(std::span<const float> noise, size_t count);

} // namespace melscope
