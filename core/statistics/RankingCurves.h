// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace melscope {

/// A clip's score for a class, and whether it is of that class.
struct RankedClip
{
    double score = 0.0;
    bool positive = false;
};

struct CurvePoint
{
    double x = 0.0;
    double y = 0.0;
    bool operator==(const CurvePoint&) const = default;
};

/// How well a score tells one class from the rest, over all thresholds. Clips of one score pass a threshold together.
struct RankingCurves
{
    std::vector<CurvePoint> roc; ///< false positive rate, true positive rate; from (0, 0) to (1, 1)
    std::vector<CurvePoint> precisionRecall; ///< recall, precision; from the highest threshold down
    double rocArea = 0.0;          ///< the chance that a clip of the class scores above one of the rest, ties half
    double averagePrecision = 0.0; ///< sum of precision times the recall won (no interpolation), as scikit-learn
    int positives = 0;
    int negatives = 0;
};

/// Both areas are NaN and the curves empty where one of the sides has no clip.
RankingCurves rankingCurves(std::span<const RankedClip> clips);

} // namespace melscope
