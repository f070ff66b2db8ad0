// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace melscope {

/// Read-only numbers and what keeps them alive (a mapped file, a decoded clip).
struct SharedValues
{
    std::span<const float> values;
    std::shared_ptr<const void> owner;
};

inline SharedValues shareValues(std::vector<float> values)
{
    const auto owner = std::make_shared<const std::vector<float>>(std::move(values));
    return {.values = *owner, .owner = owner};
}

/// Of the numbers that a network gets of one clip.
struct GridShape
{
    int rows = 0;
    int columns = 0;
    size_t size() const { return static_cast<size_t>(rows) * static_cast<size_t>(columns); }
};

/// Where an ExamplePipeline finds clips, by their index in the dataset. The functions are called from several threads at
/// once and may throw Error.
struct ClipSource
{
    std::function<SharedValues(int clip)> samples; ///< mono, front end's rate and clipLength(), not augmented
    std::function<SharedValues(int clip)> grid;    ///< [mel, frame] of those samples, ready made; may be empty
    std::optional<GridShape> gridShape;            ///< of grid, where that holds no spectrograms but what an encoder made of them
    std::vector<int> partners;                     ///< whom mixing and backgrounds draw from: all clips outside the held-out fold
    std::function<int(int clip)> label;            ///< class; only mixing asks
    std::function<bool(int clip)> usable;          ///< whether there are samples and grid of it; may be empty: of all
};

} // namespace melscope
