// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/figures/AccuracyFigure.h"

#include "runs/AccuracyCells.h"

#include <algorithm>
#include <cstdio>

namespace melscope {
namespace {

constexpr double rowHeight = 46.0, barHeight = 12.0, top = 34.0, bottom = 44.0, figures = 132.0;
constexpr double small = 10.0;

std::string percent(double share)
{
    char text[24];
    std::snprintf(text, sizeof text, "%.1f %%", percentTenths(share));
    return text;
}

class AccuracyFigure
{
public:
    AccuracyFigure(const std::vector<AccuracyRow>& rows, double width, const FigureStyle& style)
        : m_rows(rows), m_style(style), m_left(std::clamp(width * 0.3, 120.0, 260.0)), m_right(width - figures),
          m_height(accuracyFigureHeight(rows.size())), m_canvas(width, m_height, style, "Accuracy with 95 % intervals")
    {
    }

    std::string draw()
    {
        drawAxis();
        for (size_t i = 0; i < m_rows.size(); ++i)
            drawRow(m_rows[i], top + rowHeight * static_cast<double>(i));
        drawKey();
        return m_canvas.finished();
    }

private:
    double at(double share) const { return m_left + share * (m_right - m_left); }

    void drawAxis()
    {
        const double end = m_height - bottom;
        for (int tick = 0; tick <= 100; tick += 20) {
            m_canvas.line(at(tick / 100.0), top - 4, at(tick / 100.0), end, m_style.grid);
            m_canvas.text(at(tick / 100.0), end + 15, std::to_string(tick), TextAnchor::Middle, m_style.muted, small);
        }
        m_canvas.text((m_left + m_right) / 2, m_height - 10, "accuracy on held-out clips, %", TextAnchor::Middle, m_style.muted, small);
    }

    void drawBar(double y, double share, const Interval& interval, const std::string& fill)
    {
        m_canvas.rectangle(m_left, y, at(share) - m_left, barHeight, fill);
        const double middle = y + barHeight / 2;
        m_canvas.line(at(interval.low), middle, at(interval.high), middle, m_style.text, 1.4);
        for (const double end : {interval.low, interval.high})
            m_canvas.line(at(end), middle - 4, at(end), middle + 4, m_style.text, 1.4);
    }

    void drawRow(const AccuracyRow& row, double y)
    {
        const bool done = row.count > 0, hasTta = done && row.ttaViews > 0;
        const double first = y + (hasTta ? 7 : 15);
        m_canvas.text(m_left - 8, y + 19, elided(row.title, m_left - 14), TextAnchor::End, m_style.text, SvgCanvas::fontSize, true);
        // However long the recipe's name is: how many clips the bar stands on is always told.
        const std::string clips = done ? ", n " + std::to_string(row.distinctClips) : std::string();
        const std::string name = done ? recipeInBrief(row) : row.available ? "not run yet" : "not in this version";
        m_canvas.text(m_left - 8, y + 33, elided(name, m_left - 14 - textWidth(clips, small), small) + clips, TextAnchor::End, m_style.muted, small);
        if (done) {
            drawBar(first, row.accuracy, row.interval, m_style.accent);
            m_canvas.text(m_right + 10, first + 10, percent(row.accuracy), TextAnchor::Start, m_style.text, small);
        }
        if (hasTta) {
            drawBar(first + barHeight + 4, row.ttaAccuracy, row.ttaInterval, m_style.accentLight);
            m_canvas.text(m_right + 10, first + barHeight + 14, percent(row.ttaAccuracy) + " with TTA", TextAnchor::Start, m_style.text, small);
        }
        m_canvas.line(at(row.publishedAccuracy), y + 5, at(row.publishedAccuracy), y + rowHeight - 5, m_style.error, 2.0, true);
    }

    void drawKey()
    {
        double x = m_left;
        const auto entry = [&](const std::string& fill, const char* name) {
            m_canvas.rectangle(x, 8, 12, 10, fill);
            m_canvas.text(x + 17, 17, name, TextAnchor::Start, m_style.text, small);
            x += 17 + textWidth(name, small) + 18;
        };
        entry(m_style.accent, "as is");
        entry(m_style.accentLight, "with TTA");
        m_canvas.line(x + 4, 6, x + 4, 20, m_style.error, 2.0, true);
        m_canvas.text(x + 12, 17, "published (ESC-50, one fold)", TextAnchor::Start, m_style.text, small);
    }

    const std::vector<AccuracyRow>& m_rows;
    const FigureStyle& m_style;
    double m_left, m_right, m_height;
    SvgCanvas m_canvas;
};

} // namespace

double accuracyFigureHeight(size_t rows)
{
    return top + rowHeight * static_cast<double>(rows) + bottom;
}

std::string accuracyFigure(const std::vector<AccuracyRow>& rows, double width, const FigureStyle& style)
{
    return AccuracyFigure(rows, std::max(width, 420.0), style).draw();
}

} // namespace melscope
