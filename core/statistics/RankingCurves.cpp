// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/RankingCurves.h"

#include <algorithm>
#include <limits>

namespace melscope {

RankingCurves rankingCurves(std::span<const RankedClip> clips)
{
    RankingCurves result;
    for (const RankedClip& clip : clips)
        ++(clip.positive ? result.positives : result.negatives);
    if (result.positives == 0 || result.negatives == 0) {
        result.rocArea = result.averagePrecision = std::numeric_limits<double>::quiet_NaN();
        return result;
    }
    std::vector<RankedClip> sorted(clips.begin(), clips.end());
    std::sort(sorted.begin(), sorted.end(), [](const RankedClip& a, const RankedClip& b) { return a.score > b.score; });

    result.roc.push_back({0.0, 0.0});
    int truePositives = 0, falsePositives = 0;
    double recallBefore = 0.0;
    for (size_t i = 0; i < sorted.size(); ++i) {
        ++(sorted[i].positive ? truePositives : falsePositives);
        if (i + 1 < sorted.size() && sorted[i + 1].score == sorted[i].score)
            continue;
        const CurvePoint before = result.roc.back();
        const CurvePoint point{static_cast<double>(falsePositives) / result.negatives, static_cast<double>(truePositives) / result.positives};
        result.rocArea += (point.x - before.x) * (point.y + before.y) / 2.0;
        result.roc.push_back(point);
        const double precision = static_cast<double>(truePositives) / (truePositives + falsePositives);
        result.averagePrecision += (point.y - recallBefore) * precision;
        recallBefore = point.y;
        result.precisionRecall.push_back({point.y, precision});
    }
    return result;
}

} // namespace melscope
