// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/DifficultyBars.h"

#include "common/Figures.h"
#include "common/Theme.h"

#include <QPainter>

namespace melscope {
namespace {


QColor faint(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

} // namespace

QString descriptorTitle(const std::string& descriptor)
{
    if (descriptor == "bands")
        return DifficultyBars::tr("Band energies");
    return descriptor == "envelope" ? DifficultyBars::tr("Temporal envelope") : DifficultyBars::tr("Both");
}

DifficultyBars::DifficultyBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("How often two views of one clip find each other in a batch by these figures alone. In the shaded range "
                  "they do not get an encoder far: it has to learn more to find the 60 to 85 % it should. The tick is what guessing finds, "
                  "the whisker the 95 % interval."));
}

void DifficultyBars::setDifficulty(const PretextDifficulty& difficulty)
{
    m_difficulty = difficulty;
    QStringList words;
    for (const DescriptorScore& score : difficulty.scores)
        words += tr("%1 %2").arg(descriptorTitle(score.descriptor), percentText(score.top1));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void DifficultyBars::setStale(bool stale)
{
    m_stale = stale;
    update();
}

QSize DifficultyBars::sizeHint() const
{
    const int rows = std::max(1, static_cast<int>(m_difficulty.scores.size()));
    return {fontMetrics().averageCharWidth() * 60, rows * rowHeight() + fontMetrics().height()};
}

QRectF DifficultyBars::scale(int row) const
{
    const double left = fontMetrics().horizontalAdvance(tr("Temporal envelope")) + fontMetrics().averageCharWidth() * 2.0;
    const double figures = fontMetrics().horizontalAdvance(QStringLiteral("100.0 %  100.0 – 100.0 ")) + fontMetrics().averageCharWidth() * 2.0;
    const double height = fontMetrics().height() * 0.9;
    return {left, row * rowHeight() + (rowHeight() - height) / 2, std::max(20.0, width() - left - figures), height};
}

QRectF DifficultyBars::barRect(int row) const
{
    QRectF bar = scale(row);
    bar.setWidth(bar.width() * m_difficulty.scores[static_cast<size_t>(row)].top1);
    return bar;
}

void DifficultyBars::drawRow(QPainter& painter, int row) const
{
    const ThemeColours& colours = Theme::colours();
    const DescriptorScore& score = m_difficulty.scores[static_cast<size_t>(row)];
    const QRectF track = scale(row);
    const auto at = [&](double share) { return track.left() + share * track.width(); };
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint(colours.text, 0.08));
    painter.drawRoundedRect(track, 3, 3);
    painter.setBrush(faint(colours.good, 0.22));
    painter.drawRect(QRectF(at(0.0), track.top(), at(getsFar) - at(0.0), track.height()));
    const QColor bar = score.top1 >= 0.95 ? colours.error : score.top1 >= getsFar ? colours.warning : colours.accent;
    painter.setBrush(faint(bar, m_stale ? 0.25 : 0.75));
    painter.drawRoundedRect(barRect(row), 3, 3);

    const QColor ink = m_stale ? colours.mutedText : colours.text;
    const double middle = track.center().y();
    painter.setPen(QPen(ink, 1.5));
    painter.drawLine(QPointF(at(score.interval.low), middle), QPointF(at(score.interval.high), middle));
    for (const double end : {score.interval.low, score.interval.high})
        painter.drawLine(QPointF(at(end), middle - 3), QPointF(at(end), middle + 3));
    painter.drawLine(QPointF(at(m_difficulty.chance), track.top() - 3), QPointF(at(m_difficulty.chance), track.bottom() + 3));

    painter.setPen(ink);
    const QRectF line(0, row * rowHeight(), width(), rowHeight());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, descriptorTitle(score.descriptor));
    QRectF figure = line;
    figure.setLeft(track.right());
    figure.setWidth(fontMetrics().averageCharWidth() * 2.0 + fontMetrics().horizontalAdvance(QStringLiteral("100.0 %")));
    painter.drawText(figure, Qt::AlignRight | Qt::AlignVCenter, percentText(score.top1));
    painter.setPen(colours.mutedText);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                     QStringLiteral("%1 – %2").arg(QLocale().toString(100.0 * score.interval.low, 'f', 1),
                                                  QLocale().toString(100.0 * score.interval.high, 'f', 1)));
}

void DifficultyBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int rows = static_cast<int>(m_difficulty.scores.size());
    for (int row = 0; row < rows; ++row)
        drawRow(painter, row);
    if (rows == 0)
        return;
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    painter.setPen(Theme::colours().mutedText);
    const QRectF track = scale(0);
    for (const int percent : {0, 25, 50, 75, 100}) {
        const double x = track.left() + track.width() * percent / 100.0;
        painter.drawText(QRectF(x - 30, rows * rowHeight(), 60, fontMetrics().height()), Qt::AlignCenter, QString::number(percent));
    }
}

} // namespace melscope
