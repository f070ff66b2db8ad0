// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

namespace melscope {

/// The named colours of one theme. Text colours have a contrast of at least 4.5 : 1 on window, base and plot background.
struct ThemeColours
{
    QColor window;         ///< behind forms and bars
    QColor base;           ///< behind tables and text fields
    QColor alternateBase;  ///< every other row
    QColor text;
    QColor mutedText;      ///< secondary words, units, axis labels
    QColor border;         ///< hair lines between areas
    QColor accent;         ///< the one colour that says "here": focus, links, primary buttons, the playhead
    QColor accentText;     ///< on accent
    QColor selection;      ///< behind selected rows
    QColor selectionText;
    QColor good;
    QColor warning;
    QColor error;
    QColor plotBackground;
    QColor grid;           ///< grid lines in plots
    /// Curves and classes, in order of use; distinct with any colour vision (after Okabe and Ito, 2008).
    std::array<QColor, 8> series;

    const QColor& seriesColour(int index) const { return series[static_cast<size_t>(index) % series.size()]; }
    QPalette palette() const; ///< for the Fusion style

    static ThemeColours light();
    static ThemeColours dark();
};

/// WCAG 2.1 contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace melscope
