// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/FoldData.h"
#include "nn/PatchNetwork.h"
#include "tokens/MaskedPrediction.h"
#include "tokens/TokenFitting.h"

namespace melscope {

/// Middle features of an encoder in its present mode, fp32: [batch, token, dim].
torch::Tensor middleFeatures(PatchNetwork& encoder, const torch::Tensor& input, bool bf16);

/// Cuts off what fills no patch: [batch, 1, mel, frame].
torch::Tensor wholePatches(const torch::Tensor& input, const TokenLayout& layout);

std::span<const float> spanOf(const torch::Tensor& contiguous);

/// A codebook refined on a model (BEATs' iterations): k-means on the middle features, brought to unit length, of the training clips' patches
/// that are not silent (400 a code at most); and the tokens of all clips by it. `encoder` in evaluation mode.
TokenSet refinedTokens(const FoldData& data, PatchNetwork& encoder, const TokenSettings& settings, int heldOut, int threads, bool bf16);

/// One clip of a MaskedBatch. input [mel, frame]; masked [token] bool; tokens [token] int64; logProbabilities [token, code].
MaskedPrediction maskedPrediction(int clip, const TokenLayout& layout, const torch::Tensor& input, const torch::Tensor& masked,
                                  const torch::Tensor& tokens, const torch::Tensor& logProbabilities);

} // namespace melscope
