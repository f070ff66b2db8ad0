// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/waveform/Biquad.h"

#include <array>
#include <cstddef>

namespace melscope::kernels {

inline constexpr size_t filterBlock = 8;   ///< samples that are computed together
inline constexpr size_t filterHistory = 2; ///< samples that a section remembers

/// A section unrolled over a block: what each of the block's outputs takes from each input and from the past.
struct BlockFilter
{
    using Column = std::array<double, filterBlock>; ///< one factor for each output of the block
    std::array<Column, filterHistory + filterBlock> inputs; ///< x[-2], x[-1], x[0], ... x[7]
    std::array<Column, filterHistory> outputs;              ///< y[-2], y[-1]
};

BlockFilter blockFilter(const Biquad& section);

/// `count` samples, a multiple of filterBlock, from `in` to `out`, both behind their filterHistory last samples. Exists once
/// per instruction set.
void filterChunk(const BlockFilter& filter, const double* in, double* out, size_t count);

} // namespace melscope::kernels
