// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenGeometry.h"

#include <cmath>

namespace melscope {

TimeSpan TokenGeometry::seconds(int token) const
{
    const int column = m_layout.columnOf(token);
    return {startOfFrame(column * m_layout.patch.frames), startOfFrame((column + 1) * m_layout.patch.frames)};
}

std::optional<int> TokenGeometry::tokenAt(double seconds, double row) const
{
    const double width = startOfFrame(m_layout.patch.frames) - startOfFrame(0);
    const double column = std::floor((seconds - startOfFrame(0)) / width);
    const double tokenRow = std::floor(row / m_layout.patch.mels);
    if (column < 0 || column >= m_layout.columns || tokenRow < 0 || tokenRow >= m_layout.rows)
        return std::nullopt;
    return m_layout.tokenAt(static_cast<int>(tokenRow), static_cast<int>(column));
}

} // namespace melscope
