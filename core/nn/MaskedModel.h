// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/PatchNetwork.h"

namespace melscope {

/// What masked-token prediction trains: an encoder, the patch that stands in for what is hidden, and a linear head that guesses codes.
/// Head and stand-in are dropped afterwards.
class MaskedModelImpl : public torch::nn::Module
{
public:
    /// patchMels x patchFrames: the size of a token.
    MaskedModelImpl(std::shared_ptr<PatchNetwork> encoder, int64_t patchMels, int64_t patchFrames, int64_t codes);

    /// input [batch, 1, mel, frame], whole patches only; masked [batch, token] bool. The input with every hidden patch
    /// replaced by the stand-in: nothing of what is hidden reaches any layer.
    torch::Tensor hide(const torch::Tensor& input, const torch::Tensor& masked) const;
    /// Of hidden input -> [n, code], the logits of the n tokens that `asked` [batch, token] marks, clip by clip.
    torch::Tensor logits(const torch::Tensor& hidden, const torch::Tensor& asked);

    PatchNetwork& encoder() { return *m_encoder; }
    const PatchNetwork& encoder() const { return *m_encoder; }
    /// How often each code was asked for and guessed since the counts were last cleared: buffers, so that a checkpoint has them.
    torch::Tensor& askedCounts() { return m_askedCounts; }     ///< [code] int64
    torch::Tensor& guessedCounts() { return m_guessedCounts; } ///< [code] int64

private:
    std::shared_ptr<PatchNetwork> m_encoder;
    torch::Tensor m_standIn; // [mel, frame] of a patch
    torch::nn::Linear m_head;
    torch::Tensor m_askedCounts, m_guessedCounts;
};
TORCH_MODULE(MaskedModel);

} // namespace melscope
