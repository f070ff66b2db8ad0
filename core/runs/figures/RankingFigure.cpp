// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/figures/RankingFigure.h"

#include "runs/figures/PlotFrame.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace melscope {

std::string rankingFigure(const std::vector<NamedRanking>& classes, RankingKind kind, double width, double height, const FigureStyle& style)
{
    const bool isRoc = kind == RankingKind::Roc;
    SvgCanvas canvas(width, height, style, isRoc ? "ROC curves" : "Precision-recall curves");
    constexpr double keyWidth = 190.0, keyLine = 16.0;
    const PlotFrame frame(width, height, keyWidth);
    frame.draw(canvas, style, isRoc ? "false positive rate" : "recall", isRoc ? "true positive rate" : "precision");
    const auto area = [&](const NamedRanking& one) { return isRoc ? one.curves.rocArea : one.curves.averagePrecision; };
    std::vector<const NamedRanking*> shown;
    for (const NamedRanking& one : classes)
        if (std::isfinite(area(one)))
            shown.push_back(&one);
    std::stable_sort(shown.begin(), shown.end(), [&](const NamedRanking* a, const NamedRanking* b) { return area(*a) < area(*b); });
    const double key = frame.left + frame.side + 16;
    const auto room = static_cast<size_t>(std::max(1.0, (height - frame.top - 30) / keyLine));
    // From the best to the worst: those that matter are painted last, and have the first colours.
    for (size_t i = shown.size(); i-- > 0;) {
        const std::string& colour = style.series[i % style.series.size()];
        std::vector<CurvePoint> points;
        for (const CurvePoint& point : isRoc ? shown[i]->curves.roc : shown[i]->curves.precisionRecall)
            points.push_back(frame.at(point.x, point.y));
        const bool dashed = i / style.series.size() % 2 == 1; // the colours begin anew
        canvas.polyline(points, colour, 1.5, dashed);
        if (i >= room)
            continue;
        const double y = frame.top + 10 + keyLine * static_cast<double>(i);
        char figure[16];
        std::snprintf(figure, sizeof figure, "%.3f", area(*shown[i]));
        canvas.line(key - 2, y - 6.5, key + 11, y - 6.5, colour, 3, dashed);
        canvas.text(key + 15, y - 3, elided(shown[i]->name, keyWidth - 70, 10), TextAnchor::Start, style.text, 10);
        canvas.text(key + keyWidth - 18, y - 3, figure, TextAnchor::End, style.text, 10);
    }
    if (shown.size() > room)
        canvas.text(key, frame.top + 10 + keyLine * static_cast<double>(room), "and " + std::to_string(shown.size() - room) + " better ones",
                    TextAnchor::Start, style.muted, 10);
    return canvas.finished();
}

} // namespace melscope
