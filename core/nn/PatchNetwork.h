// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/Network.h"

namespace melscope {

/// What an encoder says of every patch of a spectrogram, in the order of a TokenLayout (column * rows + row).
struct PatchFeatures
{
    torch::Tensor middle; ///< [batch, token, middle dim], of a layer half-way up
    torch::Tensor last;   ///< [batch, token, featureCount()]
};

/// A classifier whose encoder gives one vector a patch, so that it can be pretrained by guessing the tokens of patches it
/// does not see.
class PatchNetwork : public Network
{
public:
    /// [batch, 1, mel, frame], whole patches only.
    virtual PatchFeatures encode(const torch::Tensor& input) = 0;
};

/// log2 of the size of a square patch. Throws Error(InvalidValue) unless it is 8, 16 or 32.
int64_t halvingsOfPatch(int64_t patch);

/// [batch, channel, row, column] -> [batch, token, channel].
torch::Tensor tokensOfGrid(const torch::Tensor& grid);

} // namespace melscope
