// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/SpectrogramGrid.h"

#include <cassert>

namespace melscope {

std::span<float> SpectrogramGrid::row(int mel)
{
    assert(mel >= 0 && mel < mels);
    return std::span(values).subspan(static_cast<size_t>(mel * frames), static_cast<size_t>(frames));
}

std::span<const float> SpectrogramGrid::row(int mel) const
{
    assert(mel >= 0 && mel < mels);
    return std::span(values).subspan(static_cast<size_t>(mel * frames), static_cast<size_t>(frames));
}

} // namespace melscope
