// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/UsageFigure.h"

#include "common/Theme.h"
#include "spectrogram/Ticks.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenStatisticsText.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace melscope {

UsageFigure::UsageFigure(CurrentCode& current, QWidget* parent) : CodeFigure(tr("Usage of the codes"), current, parent) {}

void UsageFigure::tokensChanged()
{
    m_order.clear();
    m_top = 1.0;
    if (isEmpty())
        return;
    m_order.resize(tokens().ranks.size());
    for (size_t code = 0; code < m_order.size(); ++code)
        m_order[static_cast<size_t>(tokens().ranks[code]) - 1] = static_cast<int>(code);
    m_top = std::max(1.0, static_cast<double>(std::ranges::max(tokens().statistics->usage))) * 1.05;
}

QRectF UsageFigure::plotArea(const QSizeF& size) const
{
    const int line = fontMetrics().height();
    const int left = fontMetrics().horizontalAdvance(QLocale().toString(static_cast<qlonglong>(m_top))) + line;
    return QRectF(left, line * 1.8, std::max(1.0, size.width() - left - line / 2.0), std::max(1.0, size.height() - line * 4.4));
}

QRectF UsageFigure::bar(const QRectF& plot, int rank) const
{
    const double width = plot.width() / static_cast<double>(m_order.size());
    const double usage = static_cast<double>(tokens().statistics->usage[static_cast<size_t>(m_order[static_cast<size_t>(rank)])]);
    const double height = plot.height() * usage / m_top;
    return QRectF(plot.left() + rank * width, plot.bottom() - height, width, height);
}

QRectF UsageFigure::barOf(int code) const
{
    return bar(plotArea(size()), tokens().ranks[static_cast<size_t>(code)] - 1);
}

int UsageFigure::codeAt(QPointF point) const
{
    const QRectF plot = plotArea(size());
    if (m_order.empty() || !plot.contains(point))
        return CurrentCode::none;
    const double place = (point.x() - plot.left()) / plot.width() * static_cast<double>(m_order.size());
    return m_order[std::min(static_cast<size_t>(place), m_order.size() - 1)];
}

void UsageFigure::draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const
{
    const QLocale locale;
    const QRectF plot = plotArea(size);
    const int line = fontMetrics().height();
    const TokenStatistics& statistics = *tokens().statistics;
    const int codes = static_cast<int>(m_order.size());
    painter.setPen(theme.text);
    painter.drawText(QRectF(plot.left(), 0, plot.width(), line * 1.6), Qt::AlignVCenter | Qt::AlignLeft, tr("How often each code is used, the commonest first"));
    const Ticks ticks = Ticks::linear(0.0, m_top, std::max(2, static_cast<int>(plot.height() / line / 2.5)));
    for (const double value : ticks.values) {
        const double y = plot.bottom() - plot.height() * value / m_top;
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme.mutedText);
        painter.drawText(QRectF(0, y - line / 2.0, plot.left() - line / 3.0, line), Qt::AlignRight | Qt::AlignVCenter, locale.toString(std::llround(value)));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    const bool apart = plot.width() / codes > 4.0; // bars with gaps where there is room for both
    for (int rank = 0; rank < codes; ++rank)
        painter.drawRect(bar(plot, rank).adjusted(0, 0, apart ? -1.0 : 0.3, 0));
    const double even = static_cast<double>(statistics.tokens) / codes;
    const double y = plot.bottom() - plot.height() * even / m_top;
    painter.setPen(QPen(theme.text, 1.0, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.drawText(QRectF(plot.left(), y - line * 1.1, plot.width(), line), Qt::AlignRight | Qt::AlignBottom,
                     tr("even use: %L1 each").arg(std::llround(even)));
    painter.setPen(theme.mutedText);
    for (const double rank : Ticks::linear(0.0, codes, std::max(2, static_cast<int>(plot.width() / line / 5.0))).values)
        painter.drawText(QRectF(plot.left() + plot.width() * rank / codes - 3.0 * line, plot.bottom() + 3, 6.0 * line, line), Qt::AlignCenter,
                         locale.toString(std::llround(rank)));
    const int dead = codes - statistics.usedCodes;
    painter.drawText(QRectF(plot.left(), plot.bottom() + 3 + line, plot.width(), line * 1.2), Qt::AlignCenter,
                     dead > 0 ? tr("codes; the last %L1 are never used").arg(dead) : tr("codes; all are used"));
}

void UsageFigure::drawLit(QPainter& painter, int code) const
{
    const ThemeColours& theme = Theme::colours();
    const QRectF plot = plotArea(size());
    const QRectF lit = barOf(code);
    painter.setPen(QPen(theme.text, 1.0));
    painter.drawLine(QPointF(lit.center().x(), plot.top()), QPointF(lit.center().x(), lit.top()));
    painter.fillRect(lit.adjusted(lit.width() < 3.0 ? -1.0 : 0.0, 0, 1.0, 0), theme.text);
    const bool right = lit.center().x() > plot.center().x();
    const int line = fontMetrics().height();
    const QRectF label(right ? lit.center().x() - plot.width() - 5 : lit.center().x() + 5, plot.top(), plot.width(), line);
    painter.drawText(label, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft),
                     tr("code %1: %L2").arg(code).arg(tokens().statistics->usage[static_cast<size_t>(code)]));
}

QString UsageFigure::describe(QPointF point) const
{
    const int code = codeAt(point);
    if (code == CurrentCode::none)
        return {};
    return tr("Code %1: %L2 tokens, place %L3 of %L4").arg(code).arg(tokens().statistics->usage[static_cast<size_t>(code)])
        .arg(tokens().ranks[static_cast<size_t>(code)]).arg(m_order.size());
}

std::function<std::string()> UsageFigure::csv() const
{
    return [shared = sharedTokens()] { return codeTableCsv(*shared->statistics, *shared->set); };
}

} // namespace melscope
