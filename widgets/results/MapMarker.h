// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace melscope {

/// How a group of clips is drawn on a map: eight colours, then seven shapes, so that 56 groups can be told apart, in grey as well
/// where they are few.
struct MapMarker
{
    enum class Colour { Series, Good, Warning, Error, Accent, Muted };
    static constexpr int shapeCount = 7;

    Colour colour = Colour::Series;
    int index = 0; ///< among the series' colours and shapes; of another colour: the shape

    QColor paint() const; ///< in the theme of the moment
    int shape() const;
    bool operator==(const MapMarker&) const = default;

    /// The marker in the middle of a transparent picture of `side` x `side` pixels, times `ratio` device pixels.
    QPixmap pixmap(int side, double ratio, double opacity = 1.0) const;
    QIcon icon() const;
};

} // namespace melscope
