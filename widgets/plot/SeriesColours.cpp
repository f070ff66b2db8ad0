// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/SeriesColours.h"

#include "common/ThemeColours.h"

namespace melscope {

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

QColor seriesColour(int index, const QPalette& palette)
{
    static const std::array themes{ThemeColours::light(), ThemeColours::dark()};
    const ThemeColours& theme = themes[isDark(palette) ? 1 : 0];
    const int count = static_cast<int>(theme.series.size());
    const QColor colour = theme.seriesColour(((index % count) + count) % count);
    const int round = index / count % 3;
    if (round == 0)
        return colour;
    return round == 1 ? colour.lighter(130) : colour.darker(135);
}

} // namespace melscope
