// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/figures/SvgCanvas.h"

#include <cmath>
#include <cstdio>

namespace melscope {
namespace {

// Of DejaVu Sans and Helvetica alike, within a tenth.
constexpr double widthOfLetter = 0.58; // of the font's size

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", std::abs(value) < 0.005 ? 0.0 : value);
    return text;
}

std::string attribute(const char* name, double value)
{
    return std::string(" ") + name + "=\"" + number(value) + "\"";
}

std::string attribute(const char* name, std::string_view value)
{
    return std::string(" ") + name + "=\"" + std::string(value) + "\"";
}

const char* nameOf(TextAnchor anchor)
{
    return anchor == TextAnchor::Start ? "start" : anchor == TextAnchor::Middle ? "middle" : "end";
}

bool continuesLetter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; // UTF-8
}

} // namespace

std::string xmlEscaped(std::string_view text)
{
    std::string result;
    for (const char character : text)
        switch (character) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        default:
            // Other control characters are not allowed in XML at all.
            result += static_cast<unsigned char>(character) < 0x20 ? ' ' : character;
        }
    return result;
}

double textWidth(std::string_view text, double size)
{
    int letters = 0;
    for (const char byte : text)
        letters += continuesLetter(byte) ? 0 : 1;
    return letters * widthOfLetter * size;
}

std::string elided(std::string_view text, double width, double size)
{
    if (textWidth(text, size) <= width)
        return std::string(text);
    std::string shorter(text);
    while (!shorter.empty() && textWidth(shorter + "…", size) > width) {
        while (!shorter.empty() && continuesLetter(shorter.back()))
            shorter.pop_back();
        if (!shorter.empty())
            shorter.pop_back();
    }
    return shorter + "…";
}

SvgCanvas::SvgCanvas(double width, double height, const FigureStyle& style, std::string_view title)
{
    m_text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " + number(height) + "\"" + attribute("width", width)
             + attribute("height", height) + " font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" role=\"img\">\n<title>"
             + xmlEscaped(title) + "</title>\n";
    if (!style.background.empty())
        rectangle(0, 0, width, height, style.background);
}

void SvgCanvas::rectangle(double x, double y, double width, double height, const std::string& fill, double opacity)
{
    m_text += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", std::max(0.0, width)) + attribute("height", std::max(0.0, height))
              + attribute("fill", fill) + (opacity < 1.0 ? attribute("fill-opacity", opacity) : "") + "/>\n";
}

void SvgCanvas::line(double x1, double y1, double x2, double y2, const std::string& colour, double width, bool dashed)
{
    m_text += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) + attribute("stroke", colour)
              + attribute("stroke-width", width) + (dashed ? " stroke-dasharray=\"4,3\"" : "") + "/>\n";
}

void SvgCanvas::polyline(const std::vector<CurvePoint>& points, const std::string& colour, double width, bool dashed)
{
    m_text += "<polyline fill=\"none\"" + attribute("stroke", colour) + attribute("stroke-width", width)
              + (dashed ? " stroke-dasharray=\"4,3\"" : "") + " stroke-linejoin=\"round\" points=\"";
    for (const CurvePoint& point : points)
        m_text += number(point.x) + "," + number(point.y) + " ";
    m_text += "\"/>\n";
}

void SvgCanvas::circle(double x, double y, double radius, const std::string& fill)
{
    m_text += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) + attribute("fill", fill) + "/>\n";
}

void SvgCanvas::text(double x, double y, std::string_view text, TextAnchor anchor, const std::string& colour, double size, bool bold)
{
    m_text += "<text" + attribute("x", x) + attribute("y", y) + attribute("fill", colour) + attribute("font-size", size)
              + attribute("text-anchor", nameOf(anchor)) + (bold ? " font-weight=\"bold\"" : "") + ">" + xmlEscaped(text) + "</text>\n";
}

void SvgCanvas::upwards(double x, double y, std::string_view text, TextAnchor anchor, const std::string& colour, double size)
{
    m_text += "<text transform=\"translate(" + number(x) + "," + number(y) + ") rotate(-90)\"" + attribute("fill", colour)
              + attribute("font-size", size) + attribute("text-anchor", nameOf(anchor)) + ">" + xmlEscaped(text) + "</text>\n";
}

std::string SvgCanvas::finished() const
{
    return m_text + "</svg>\n";
}

} // namespace melscope
