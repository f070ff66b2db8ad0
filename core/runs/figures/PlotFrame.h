// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/figures/SvgCanvas.h"

#include <algorithm>
#include <string_view>

namespace melscope {

/// A square plot of the unit square with its axes, for figures whose both axes are shares.
struct PlotFrame
{
    double left = 52.0, top = 16.0, side = 0.0;

    PlotFrame(double width, double height, double keyWidth) : side(std::max(60.0, std::min(width - 64.0 - keyWidth, height - 62.0))) {}

    CurvePoint at(double x, double y) const { return {left + x * side, top + (1.0 - y) * side}; }

    void draw(SvgCanvas& canvas, const FigureStyle& style, std::string_view xTitle, std::string_view yTitle) const
    {
        for (int tick = 0; tick <= 10; tick += 2) {
            const double share = tick / 10.0;
            const CurvePoint below = at(share, 0.0), beside = at(0.0, share);
            const std::string label = tick == 10 ? "1" : tick == 0 ? "0" : "0." + std::to_string(tick);
            canvas.line(below.x, top, below.x, top + side, style.grid);
            canvas.line(left, beside.y, left + side, beside.y, style.grid);
            canvas.text(below.x, top + side + 15, label, TextAnchor::Middle, style.muted, 10);
            canvas.text(left - 6, beside.y + 4, label, TextAnchor::End, style.muted, 10);
        }
        canvas.text(left + side / 2, top + side + 33, xTitle, TextAnchor::Middle, style.muted, 10);
        canvas.upwards(14, top + side / 2, yTitle, TextAnchor::Middle, style.muted, 10);
    }
};

} // namespace melscope
