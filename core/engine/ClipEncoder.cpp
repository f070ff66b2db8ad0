// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ClipEncoder.h"

#include "nn/Torch.h"

#include <algorithm>

namespace melscope {

ClipEncoder::ClipEncoder(Beats model, bool bf16) : m_model(std::move(model)), m_bf16(bf16)
{
    m_model->eval();
}

torch::Tensor ClipEncoder::tokens(const std::vector<std::span<const float>>& grids, const GridShape& shape)
{
    const torch::NoGradGuard noGrad;
    torch::Tensor input = torch::empty({static_cast<int64_t>(grids.size()), shape.rows, shape.columns});
    for (size_t i = 0; i < grids.size(); ++i)
        std::ranges::copy(grids[i], input.data_ptr<float>() + i * shape.size());
    const CpuAutocast scope(m_bf16);
    return m_model->encode(input.transpose(1, 2)).to(torch::kFloat32);
}

torch::Tensor ClipEncoder::bands(const std::vector<std::span<const float>>& grids, const GridShape& shape)
{
    const int64_t count = shape.rows / m_model->config().patch;
    return tokens(grids, shape).unflatten(1, {-1, count}).mean(1);
}

} // namespace melscope
