// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RowFigures.h"

namespace melscope {

/// A clip that only one of two runs gets right.
struct DecidingClip
{
    ClipPrediction first, second;
    bool firstIsRight = false;
};

struct ClassDifference
{
    int label = 0;
    int clips = 0;       ///< that both predicted
    int firstRight = 0;
    int secondRight = 0;
    int onlyFirst = 0;
    int onlySecond = 0;
    double difference() const { return clips > 0 ? static_cast<double>(firstRight - secondRight) / clips : 0.0; }
};

/// Two runs on the clips that both have predicted.
struct RunComparison
{
    PairedCounts counts;
    double firstAccuracy = 0.0;
    double secondAccuracy = 0.0;
    Interval interval; ///< 95 % of first less second, bootstrap clustered by source recording where that is known
    bool bySource = false; ///< whether the source recordings were known; otherwise every clip stands for itself
    double p = 1.0;    ///< McNemar's exact test
    std::vector<DecidingClip> deciding;   ///< those the first gets right before those the second does, surest mistake first
    std::vector<ClassDifference> classes; ///< the largest difference, either way, first
};

/// With `tta` the averaged predictions of both count. Throws Error(InvalidValue) for a label beyond `classes`, Error(Empty) where
/// they have no clip in common, with what to do.
RunComparison compareRuns(const Predictions& first, const Predictions& second, size_t classes, const ClipSources& sources, bool tta);

} // namespace melscope
