// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace melscope {

/// The theme's colours of curves as they suit the palette's background. Any index; from the ninth on they repeat in other
/// shades.
QColor seriesColour(int index, const QPalette& palette);

bool isDark(const QPalette& palette); ///< its Base is

} // namespace melscope
