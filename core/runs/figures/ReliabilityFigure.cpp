// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/figures/ReliabilityFigure.h"

#include "base/Statistics.h"
#include "runs/AccuracyCells.h"
#include "runs/figures/PlotFrame.h"

#include <cmath>
#include <cstdio>

namespace melscope {

std::string reliabilityFigure(const Calibration& calibration, double width, double height, const FigureStyle& style)
{
    SvgCanvas canvas(width, height, style, "Reliability diagram");
    const PlotFrame frame(width, height, 150.0);
    frame.draw(canvas, style, "confidence of the prediction", "share of clips that were right");
    for (const ReliabilityBin& bin : calibration.bins) {
        if (bin.count == 0)
            continue;
        const CurvePoint low = frame.at(bin.low, 0.0), high = frame.at(bin.high, bin.accuracy);
        const double expected = frame.at(0.0, bin.confidence).y, lower = std::max(expected, high.y);
        canvas.rectangle(low.x + 1, lower, high.x - low.x - 2, low.y - lower, style.accent, 0.75);
        canvas.rectangle(low.x + 1, std::min(expected, high.y), high.x - low.x - 2, std::abs(expected - high.y), style.error, 0.3);
        canvas.line(low.x + 1, high.y, high.x - 1, high.y, style.accent, 2.5);
        const Interval interval = wilsonIntervalOfShare(bin.accuracy, bin.count);
        const double middle = (low.x + high.x) / 2;
        canvas.line(middle, frame.at(0, interval.low).y, middle, frame.at(0, interval.high).y, style.text, 1.2);
        canvas.text(middle, low.y - 4, std::to_string(bin.count), TextAnchor::Middle, style.text, 9);
    }
    const CurvePoint origin = frame.at(0, 0), end = frame.at(1, 1);
    canvas.line(origin.x, origin.y, end.x, end.y, style.muted, 1.2, true);
    const double key = frame.left + frame.side + 16;
    const auto line = [&](double y, const char* format, double value) {
        char text[64];
        std::snprintf(text, sizeof text, format, value);
        canvas.text(key, y, std::isfinite(value) ? text : "–", TextAnchor::Start, style.text, 10);
    };
    line(frame.top + 10, "calibration error %.3f", calibration.expectedError);
    line(frame.top + 28, "mean confidence %.1f %%", percentTenths(calibration.meanConfidence));
    line(frame.top + 46, "accuracy %.1f %%", percentTenths(calibration.accuracy));
    line(frame.top + 64, "clips %.0f", calibration.count);
    canvas.rectangle(key, frame.top + 78, 10, 10, style.error, 0.3);
    canvas.text(key + 15, frame.top + 87, "gap to confidence", TextAnchor::Start, style.muted, 10);
    canvas.text(key, frame.top + 105, "thick line: share right", TextAnchor::Start, style.muted, 10);
    canvas.text(key, frame.top + 121, "thin line: its 95 % interval", TextAnchor::Start, style.muted, 10);
    canvas.text(key, frame.top + 137, "number: clips of the bin", TextAnchor::Start, style.muted, 10);
    return canvas.finished();
}

} // namespace melscope
