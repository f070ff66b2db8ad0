// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/DominantClass.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

constexpr double palest = 0.2; // of the full colour: what is weak is still seen to be there

QColor between(const QColor& from, const QColor& to, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    return QColor(mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue()));
}

/// Lines across the disc, in half widths from its centre: every round of colours has its own.
std::vector<QLineF> markOf(int round)
{
    constexpr double far = 0.55;
    const QLineF level(-far, 0.0, far, 0.0), upright(0.0, -far, 0.0, far), rising(-far, far, far, -far), falling(-far, -far, far, far);
    switch (round % 7) {
    case 1: return {level};
    case 2: return {upright};
    case 3: return {rising};
    case 4: return {falling};
    case 5: return {level, upright};
    case 6: return {rising, falling};
    default: return {};
    }
}

} // namespace

std::vector<DominantClass> dominantClasses(const TokenStatistics& statistics)
{
    const CountTable& table = statistics.byClass;
    std::vector<int64_t> ofClass(static_cast<size_t>(table.columns));
    for (int code = 0; code < table.rows; ++code)
        std::ranges::transform(ofClass, table.row(code), ofClass.begin(), std::plus());
    std::vector<DominantClass> dominant(static_cast<size_t>(table.rows));
    for (int code = 0; code < table.rows; ++code) {
        const auto row = table.row(code);
        const int64_t usage = statistics.usage[static_cast<size_t>(code)];
        if (usage == 0)
            continue;
        const auto top = static_cast<size_t>(std::ranges::max_element(row) - row.begin());
        const double share = static_cast<double>(row[top]) / static_cast<double>(usage);
        const double expected = static_cast<double>(ofClass[top]) / static_cast<double>(statistics.tokens);
        dominant[static_cast<size_t>(code)] = {.label = static_cast<int>(top), .share = share,
                                               .strength = expected < 1.0 ? std::clamp((share - expected) / (1.0 - expected), 0.0, 1.0) : 1.0};
    }
    return dominant;
}

QColor classColour(int label, const ThemeColours& theme)
{
    return theme.seriesColour(label);
}

void paintClassDisc(QPainter& painter, const QRectF& disc, int label, double strength, const ThemeColours& theme)
{
    if (label < 0) {
        painter.setPen(QPen(theme.mutedText, 1.0));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5));
        return;
    }
    const QColor full = classColour(label, theme);
    // The square root: most of what codes tell is little, and it is to be seen.
    const QColor fill = between(theme.plotBackground, full, palest + (1.0 - palest) * std::sqrt(strength));
    painter.setPen(QPen(between(full, theme.text, 0.15), disc.width() < 8.0 ? 0.6 : 1.0));
    painter.setBrush(fill);
    painter.drawEllipse(disc);
    const std::vector<QLineF> mark = markOf(label / static_cast<int>(theme.series.size()));
    if (mark.empty())
        return;
    painter.setPen(QPen(theme.text, std::max(1.0, disc.width() / 9.0), Qt::SolidLine, Qt::FlatCap));
    const double half = disc.width() / 2.0;
    for (const QLineF& line : mark)
        painter.drawLine(QLineF(disc.center() + line.p1() * half, disc.center() + line.p2() * half));
}

} // namespace melscope
