// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "statistics/RankingCurves.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// Colours of a figure as SVG knows them, "#rrggbb".
struct FigureStyle
{
    std::string background = "#ffffff"; ///< empty: none
    std::string text = "#1a1a1a";
    std::string muted = "#5f6368";
    std::string grid = "#d9dce1";
    std::string accent = "#0072b2";
    std::string accentLight = "#7fb8d8"; ///< a second bar beside the first
    std::string error = "#c0392b";
    std::array<std::string, 8> series{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#5f3dc4", "#7a7a7a"};
    bool operator==(const FigureStyle&) const = default;
};

enum class TextAnchor { Start, Middle, End };

/// Writes an SVG drawing; units are pixels, the origin top left, text is escaped. The drawing needs nothing but itself.
class SvgCanvas
{
public:
    static constexpr double fontSize = 12.0;

    SvgCanvas(double width, double height, const FigureStyle& style, std::string_view title);

    void rectangle(double x, double y, double width, double height, const std::string& fill, double opacity = 1.0);
    void line(double x1, double y1, double x2, double y2, const std::string& colour, double width = 1.0, bool dashed = false);
    void polyline(const std::vector<CurvePoint>& points, const std::string& colour, double width = 1.5, bool dashed = false);
    void circle(double x, double y, double radius, const std::string& fill);
    /// `y` is the base line.
    void text(double x, double y, std::string_view text, TextAnchor anchor, const std::string& colour, double size = fontSize, bool bold = false);
    void upwards(double x, double y, std::string_view text, TextAnchor anchor, const std::string& colour, double size = fontSize);

    std::string finished() const; ///< the whole document

private:
    std::string m_text;
};

std::string xmlEscaped(std::string_view text);
double textWidth(std::string_view text, double size = SvgCanvas::fontSize); ///< about, pixels: for layout without fonts
std::string elided(std::string_view text, double width, double size = SvgCanvas::fontSize); ///< with an ellipsis where it is wider

} // namespace melscope
