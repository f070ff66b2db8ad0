// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ThemeColours.h"
#include "tokens/TokenStatistics.h"

#include <QRectF>

class QPainter;

namespace melscope {

/// The class that most places of a code are in.
struct DominantClass
{
    int label = -1;     ///< -1: the code is never used
    double share = 0.0; ///< [0, 1] of the code's places
    /// [0, 1]: how far that is above the class's share of all places: 0 where the code says nothing of it, 1 where it is in no other.
    double strength = 0.0;
};

std::vector<DominantClass> dominantClasses(const TokenStatistics& statistics); ///< [code]

/// The theme's colour of a class; from the ninth on they come again, with a mark by which paintClassDisc() tells them apart.
QColor classColour(int label, const ThemeColours& theme);

/// A disc in the class's colour, the paler the weaker, and its mark. label -1: a ring.
void paintClassDisc(QPainter& painter, const QRectF& disc, int label, double strength, const ThemeColours& theme);

} // namespace melscope
