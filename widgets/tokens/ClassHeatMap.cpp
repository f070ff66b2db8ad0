// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/ClassHeatMap.h"

#include "common/ColourMap.h"
#include "common/Figures.h"
#include "common/Theme.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenStatisticsText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

const ColourMap& shades()
{
    return ColourMap::named(QStringLiteral("viridis"));
}

} // namespace

ClassHeatMap::ClassHeatMap(CurrentCode& current, QWidget* parent) : CodeFigure(tr("Codes and classes"), current, parent) {}

void ClassHeatMap::tokensChanged()
{
    m_order.clear();
    m_shares = {};
    if (isEmpty())
        return;
    const std::vector<DominantClass>& dominant = tokens().dominant;
    for (int code = 0; code < tokens().set->codes(); ++code)
        if (dominant[static_cast<size_t>(code)].label >= 0)
            m_order.push_back(code);
    std::ranges::stable_sort(m_order, [&](int a, int b) {
        const DominantClass& first = dominant[static_cast<size_t>(a)];
        const DominantClass& second = dominant[static_cast<size_t>(b)];
        return first.label != second.label ? first.label < second.label : first.share > second.share;
    });
    if (m_order.empty())
        return;
    m_shares = QImage(static_cast<int>(m_order.size()), classes(), QImage::Format_RGB32);
    for (int label = 0; label < classes(); ++label) {
        auto* const row = reinterpret_cast<QRgb*>(m_shares.scanLine(label));
        for (size_t place = 0; place < m_order.size(); ++place)
            row[place] = shades().at(share(m_order[place], label));
    }
}

double ClassHeatMap::share(int code, int label) const
{
    const TokenStatistics& statistics = *tokens().statistics;
    return static_cast<double>(statistics.byClass.at(code, label)) / static_cast<double>(statistics.usage[static_cast<size_t>(code)]);
}

QRectF ClassHeatMap::plotArea(const QSizeF& size) const
{
    const int line = fontMetrics().height();
    int widest = 0;
    for (const std::string& name : tokens().set->classes)
        widest = std::max(widest, fontMetrics().horizontalAdvance(QString::fromStdString(name)));
    const double left = std::min<double>(widest, size.width() / 4.0) + line;
    return QRectF(left, line * 1.8, std::max(1.0, size.width() - left - line / 2.0), std::max(1.0, size.height() - line * 3.4));
}

int ClassHeatMap::codeAt(QPointF point) const
{
    if (isEmpty() || m_order.empty() || !plotArea(size()).contains(point))
        return CurrentCode::none;
    const QRectF plot = plotArea(size());
    const double place = (point.x() - plot.left()) / plot.width() * static_cast<double>(m_order.size());
    return m_order[std::min(static_cast<size_t>(place), m_order.size() - 1)];
}

int ClassHeatMap::classAt(QPointF point) const
{
    const QRectF plot = plotArea(size());
    return plot.contains(point) ? std::min(static_cast<int>((point.y() - plot.top()) / plot.height() * classes()), classes() - 1) : -1;
}

void ClassHeatMap::draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const
{
    const QRectF plot = plotArea(size);
    const int line = fontMetrics().height();
    painter.setPen(theme.text);
    const double key = line * 6.0, right = plot.right() - line * 1.2;
    const QString title = tr("Share of each code's tokens by class; codes by their commonest class");
    painter.drawText(QRectF(plot.left(), 0, plot.width() - key - line * 6, line * 1.6), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(title, Qt::ElideRight, static_cast<int>(plot.width() - key - line * 6)));
    for (int i = 0; i < ColourMap::entryCount; ++i)
        painter.fillRect(QRectF(right - key - line * 2.5 + key * i / ColourMap::entryCount, line * 0.4, key / ColourMap::entryCount + 0.5, line * 0.8),
                         QColor(shades().at(i / (ColourMap::entryCount - 1.0))));
    painter.setPen(theme.mutedText);
    painter.drawText(QRectF(right - key - line * 4.5, 0, line * 1.7, line * 1.6), Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("0"));
    painter.drawText(QRectF(right - line * 2.2, 0, line * 4.0, line * 1.6), Qt::AlignLeft | Qt::AlignVCenter, tr("100 %"));
    painter.drawImage(plot, m_shares);
    const double height = plot.height() / classes();
    const int step = std::max(1, static_cast<int>(std::ceil(line * 0.8 / height))); // fifty classes: not every name has room
    for (int label = 0; label < classes(); label += step) {
        const QString name = QString::fromStdString(tokens().set->classes[static_cast<size_t>(label)]);
        const double room = plot.left() - line * 0.5;
        painter.drawText(QRectF(0, plot.top() + label * height + height / 2.0 - line, room, 2.0 * line), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(name, Qt::ElideRight, static_cast<int>(room)));
    }
    painter.drawText(QRectF(plot.left(), plot.bottom() + 2, plot.width(), line * 1.4), Qt::AlignCenter, tr("%L1 codes that are used").arg(m_order.size()));
}

void ClassHeatMap::drawLit(QPainter& painter, int code) const
{
    const auto found = std::ranges::find(m_order, code);
    if (found == m_order.end())
        return;
    const QRectF plot = plotArea(size());
    const double width = plot.width() / static_cast<double>(m_order.size());
    const QRectF column(plot.left() + static_cast<double>(found - m_order.begin()) * width, plot.top(), width, plot.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 3.0));
    painter.drawRect(column.adjusted(-1, 0, 1, 0));
    painter.setPen(QPen(Qt::white, 1.0));
    painter.drawRect(column.adjusted(-1, 0, 1, 0));
}

QString ClassHeatMap::describe(QPointF point) const
{
    const int code = codeAt(point);
    if (code == CurrentCode::none)
        return {};
    const int label = classAt(point);
    return tr("Code %1: %2 of its %L3 tokens are in %4; it tells %5 bits of the class").arg(code).arg(percentText(share(code, label)))
        .arg(tokens().statistics->usage[static_cast<size_t>(code)]).arg(QString::fromStdString(tokens().set->classes[static_cast<size_t>(label)]))
        .arg(tokens().statistics->classInformation[static_cast<size_t>(code)], 0, 'f', 2);
}

std::function<std::string()> ClassHeatMap::csv() const
{
    return [shared = sharedTokens()] { return codeTableCsv(*shared->statistics, *shared->set); };
}

} // namespace melscope
