// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ClipSource.h"
#include "nn/Beats.h"

namespace melscope {

/// A BEATs model that says what it makes of clips; it does not learn. Lives on the training thread.
class ClipEncoder
{
public:
    ClipEncoder(Beats model, bool bf16);

    /// Spectrograms [mel, frame] of the front end `beats` -> [clip, token, dim] fp32. Throws Error(InvalidValue) where they are smaller than
    /// a patch.
    torch::Tensor tokens(const std::vector<std::span<const float>>& grids, const GridShape& shape);
    /// -> [clip, band, dim]: the mean over time of every band's tokens.
    torch::Tensor bands(const std::vector<std::span<const float>>& grids, const GridShape& shape);

private:
    Beats m_model;
    bool m_bf16;
};

} // namespace melscope
