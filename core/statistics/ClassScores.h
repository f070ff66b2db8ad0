// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace melscope {

/// One class against the rest. Shares in [0, 1]; 0 where nothing could be right (no clip, or none taken for it), as scikit-learn.
struct ClassScore
{
    int clips = 0;     ///< of the class
    int predicted = 0; ///< taken for the class
    int correct = 0;   ///< both
    double precision = 0.0;
    double recall = 0.0;
    double f1 = 0.0;
    bool operator==(const ClassScore&) const = default;
};

/// From confusion counts [true class][predicted class].
std::vector<ClassScore> classScores(const std::vector<std::vector<int>>& counts);

/// The mean F1 of the classes that have clips or were predicted, each as important as every other; NaN where there are none.
double macroF1(const std::vector<ClassScore>& scores);

} // namespace melscope
