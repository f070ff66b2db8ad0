// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace melscope {

/// What a map of 2,000 clips with 512 features each, in 50 classes, takes.
struct MapLatencies
{
    double tSneSeconds = 0.0;  ///< on two threads
    std::vector<double> draw;  ///< every point anew, milliseconds
    std::vector<double> hover; ///< the pointer is over another point, until that is painted, milliseconds
};

MapLatencies measureEmbeddingMap();

} // namespace melscope
