// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/MapMarker.h"
#include "runs/ModelMap.h"

#include <QString>

#include <vector>

namespace melscope {

/// What clips of one colour on a map have in common.
struct MapGroup
{
    QString name;
    MapMarker marker;
    int clips = 0;
};

enum class MapColouring { Class, Fold, Error, Verdict };

struct MapGroups
{
    std::vector<MapGroup> groups; ///< in the order of a legend; those without a clip are left out
    std::vector<int> groupOf;     ///< [clip] index into groups
};

MapGroups groupsOf(const ModelMap& map, MapColouring colouring);

/// "rain_3.wav: rain, taken for sea waves", as far as it is known.
QString describe(const ModelMap& map, int clip);

} // namespace melscope
