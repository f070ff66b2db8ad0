// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/PositionFigure.h"

#include "common/ColourMap.h"
#include "common/Figures.h"
#include "common/Theme.h"
#include "spectrogram/Ticks.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenGeometry.h"
#include "tokens/TokenStatisticsText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {
namespace {

double shareOf(int64_t part, int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

const ColourMap& shades()
{
    return ColourMap::named(QStringLiteral("viridis"));
}

} // namespace

PositionFigure::PositionFigure(CurrentCode& current, QWidget* parent) : CodeFigure(tr("Codes in time and frequency"), current, parent) {}

void PositionFigure::tokensChanged()
{
    m_lookedAt.clear();
    if (isEmpty())
        return;
    m_lookedAt.resize(static_cast<size_t>(tokens().set->clipCount()));
    for (const int clip : tokens().set->trainingClips())
        m_lookedAt[static_cast<size_t>(clip)] = true;
}

CountTable PositionFigure::countsOf(int code) const
{
    const TokenLayout& layout = tokens().set->layout;
    CountTable counts(layout.rows, layout.columns);
    for (const TokenPlace& place : tokens().occurrences->places(code))
        if (m_lookedAt[static_cast<size_t>(place.clip)])
            ++counts.at(layout.rowOf(place.token), layout.columnOf(place.token));
    return counts;
}

QRectF PositionFigure::plotArea(const QSizeF& size) const
{
    const int line = fontMetrics().height();
    const double left = fontMetrics().horizontalAdvance(QStringLiteral("22.05k")) + line * 1.6;
    return QRectF(left, line * 3.2, std::max(1.0, size.width() - left - line * 4.0), std::max(1.0, size.height() - line * 6.0));
}

void PositionFigure::draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const
{
    drawCounts(painter, size, theme, tokens().statistics->silence, tr("Silence: the share of clips that have nothing there. Point at a code to see its places."));
}

void PositionFigure::drawLit(QPainter& painter, int code) const
{
    painter.fillRect(rect(), Theme::colours().plotBackground);
    drawCounts(painter, size(), Theme::colours(), countsOf(code), tr("Code %1: the share of clips that have it there").arg(code));
}

void PositionFigure::drawCounts(QPainter& painter, const QSizeF& size, const ThemeColours& theme, const CountTable& counts, const QString& what) const
{
    const QRectF plot = plotArea(size);
    const int line = fontMetrics().height();
    const int64_t clips = tokens().statistics->clips;
    const int64_t most = std::max<int64_t>(1, std::ranges::max(counts.counts));
    painter.setPen(theme.text);
    painter.drawText(QRectF(line / 2.0, 0, size.width() - line, line * 1.6), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(what, Qt::ElideRight, static_cast<int>(size.width() - line)));
    const double width = plot.width() / counts.columns, height = plot.height() / counts.rows;
    std::vector<int64_t> byColumn(static_cast<size_t>(counts.columns));
    int64_t mostOfRow = 1;
    for (int row = 0; row < counts.rows; ++row) {
        std::ranges::transform(byColumn, counts.row(row), byColumn.begin(), std::plus());
        mostOfRow = std::max(mostOfRow, std::accumulate(counts.row(row).begin(), counts.row(row).end(), int64_t(0)));
        for (int column = 0; column < counts.columns; ++column)
            painter.fillRect(QRectF(plot.left() + column * width, plot.bottom() - (row + 1) * height, width + 0.5, height + 0.5),
                             QColor(shades().at(shareOf(counts.at(row, column), most))));
    }
    // What is summed over time stands at the right, what is summed over frequency above.
    const double mostOfColumn = static_cast<double>(std::max<int64_t>(1, std::ranges::max(byColumn)));
    for (int column = 0; column < counts.columns; ++column) {
        const double bar = line * 1.2 * static_cast<double>(byColumn[static_cast<size_t>(column)]) / mostOfColumn;
        painter.fillRect(QRectF(plot.left() + column * width, plot.top() - 3 - bar, std::max(1.0, width - 1), bar), theme.accent);
    }
    for (int row = 0; row < counts.rows; ++row) {
        const double bar = line * 2.5 * shareOf(std::accumulate(counts.row(row).begin(), counts.row(row).end(), int64_t(0)), mostOfRow);
        painter.fillRect(QRectF(plot.right() + 3, plot.bottom() - (row + 1) * height, bar, std::max(1.0, height - 1)), theme.accent);
    }
    painter.setPen(theme.mutedText);
    const TokenGeometry geometry(*tokens().set);
    const TokenLayout& layout = tokens().set->layout;
    const int every = std::max(1, static_cast<int>(std::ceil(line * 1.1 / height)));
    for (int row = 0; row <= counts.rows; row += every) {
        const double hz = row == 0 ? geometry.lowestHz(0) : geometry.highestHz(layout.tokenAt(row - 1, 0));
        painter.drawText(QRectF(0, plot.bottom() - row * height - line / 2.0, plot.left() - line / 3.0, line), Qt::AlignRight | Qt::AlignVCenter,
                         frequencyText(std::round(std::max(0.0, hz) / 10.0) * 10.0));
    }
    const double end = geometry.seconds(layout.size() - 1).end;
    const Ticks ticks = Ticks::time(0.0, end, std::max(2, static_cast<int>(plot.width() / line / 4.0)));
    for (const double seconds : ticks.values)
        painter.drawText(QRectF(plot.left() + plot.width() * seconds / end - 3.0 * line, plot.bottom() + 3, 6.0 * line, line), Qt::AlignCenter,
                         timeText(seconds, ticks.step));
    painter.drawText(QRectF(plot.left(), plot.bottom() + 3 + line, plot.width(), line * 1.4), Qt::AlignCenter,
                     tr("seconds; Hz upwards; lightest: %1 of the clips").arg(percentText(shareOf(std::ranges::max(counts.counts), clips))));
}

QString PositionFigure::describe(QPointF point) const
{
    const QRectF plot = plotArea(size());
    if (!plot.contains(point))
        return {};
    const TokenLayout& layout = tokens().set->layout;
    const int column = std::min(static_cast<int>((point.x() - plot.left()) / plot.width() * layout.columns), layout.columns - 1);
    const int row = std::min(static_cast<int>((plot.bottom() - point.y()) / plot.height() * layout.rows), layout.rows - 1);
    const int token = layout.tokenAt(row, column);
    const TokenGeometry geometry(*tokens().set);
    const TimeSpan span = geometry.seconds(token);
    const QString place = tr("%1 to %2 s, %3 to %4 Hz").arg(timeText(std::max(0.0, span.start), 0.01), timeText(span.end, 0.01),
        frequencyText(std::round(std::max(0.0, geometry.lowestHz(token)))), frequencyText(std::round(geometry.highestHz(token))));
    const int lit = current().lit();
    const int64_t count = lit == CurrentCode::none ? tokens().statistics->silence.at(row, column) : countsOf(lit).at(row, column);
    return lit == CurrentCode::none ? tr("%1: %L2 of %L3 clips are silent there").arg(place).arg(count).arg(tokens().statistics->clips)
                                    : tr("%1: %L2 of %L3 clips have code %4 there").arg(place).arg(count).arg(tokens().statistics->clips).arg(lit);
}

std::function<std::string()> PositionFigure::csv() const
{
    // Codes by row and by column are in the table of codes; what is silent where is nowhere else.
    return [shared = sharedTokens()] { return silenceCsv(*shared->statistics); };
}

} // namespace melscope
