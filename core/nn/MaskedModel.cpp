// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/MaskedModel.h"

namespace melscope {

MaskedModelImpl::MaskedModelImpl(std::shared_ptr<PatchNetwork> encoder, int64_t patchMels, int64_t patchFrames, int64_t codes)
    : m_encoder(std::move(encoder)), m_head(m_encoder->featureCount(), codes)
{
    register_module("encoder", m_encoder);
    m_standIn = register_parameter("stand_in", torch::zeros({patchMels, patchFrames}));
    register_module("head", m_head);
    m_askedCounts = register_buffer("asked_counts", torch::zeros({codes}, torch::kInt64));
    m_guessedCounts = register_buffer("guessed_counts", torch::zeros({codes}, torch::kInt64));
}

torch::Tensor MaskedModelImpl::hide(const torch::Tensor& input, const torch::Tensor& masked) const
{
    const int64_t mels = m_standIn.size(0);
    const int64_t frames = m_standIn.size(1);
    const int64_t rows = input.size(2) / mels;
    const int64_t columns = input.size(3) / frames;
    const torch::Tensor grid = masked.view({-1, columns, rows}).transpose(1, 2); // [batch, row, column]
    const torch::Tensor everywhere = grid.repeat_interleave(mels, 1).repeat_interleave(frames, 2).unsqueeze(1);
    return torch::where(everywhere, m_standIn.repeat({rows, columns}), input);
}

torch::Tensor MaskedModelImpl::logits(const torch::Tensor& hidden, const torch::Tensor& asked)
{
    return m_head(m_encoder->encode(hidden).last.index({asked}));
}

} // namespace melscope
