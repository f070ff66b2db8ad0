// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClassBalance.h"

#include "common/Theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace melscope {

ClassBalance::ClassBalance(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("Clips per class and fold"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void ClassBalance::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_dataset = std::move(dataset);
    m_filter = {};
    m_counts.clear();
    m_largest = 1;
    if (m_dataset) {
        m_counts.assign(m_dataset->classes.size(), std::vector<int>(m_dataset->folds.size(), 0));
        for (const Clip& clip : m_dataset->clips)
            if (const int fold = foldIndex(clip.fold); fold >= 0)
                ++m_counts[static_cast<size_t>(clip.label)][static_cast<size_t>(fold)];
        for (const std::vector<int>& counts : m_counts)
            m_largest = std::max(m_largest, std::accumulate(counts.begin(), counts.end(), 0));
    }
    updateGeometry();
    update();
}

void ClassBalance::setFilter(const ClipFilter& filter)
{
    m_filter = filter;
    update();
}

int ClassBalance::foldIndex(int fold) const
{
    const auto found = std::lower_bound(m_dataset->folds.begin(), m_dataset->folds.end(), fold);
    return found != m_dataset->folds.end() && *found == fold ? static_cast<int>(found - m_dataset->folds.begin()) : -1;
}

int ClassBalance::count(int label, int fold) const
{
    return m_counts[static_cast<size_t>(label)][static_cast<size_t>(foldIndex(fold))];
}

int ClassBalance::lineHeight() const
{
    return fontMetrics().height() * 4 / 3;
}

int ClassBalance::nameWidth() const
{
    int widest = 0;
    if (m_dataset)
        for (const std::string& name : m_dataset->classes)
            widest = std::max(widest, fontMetrics().horizontalAdvance(QString::fromStdString(name)));
    return std::min(widest + fontMetrics().averageCharWidth(), width() * 2 / 5);
}

int ClassBalance::countWidth() const
{
    return fontMetrics().horizontalAdvance(QString::number(m_largest)) + fontMetrics().averageCharWidth();
}

int ClassBalance::legendRows() const
{
    return m_dataset && !m_dataset->folds.empty() ? (static_cast<int>(m_dataset->folds.size()) + 9) / 10 : 0;
}

QRect ClassBalance::legendRect(int fold) const
{
    const int index = foldIndex(fold);
    const int columns = std::min(static_cast<int>(m_dataset->folds.size()), 10);
    const int title = nameWidth();
    const int room = (width() - title) / columns;
    return {title + index % columns * room, index / columns * lineHeight(), room, lineHeight()};
}

QRect ClassBalance::nameRect(int label) const
{
    return {0, (legendRows() + label) * lineHeight(), nameWidth(), lineHeight()};
}

QRect ClassBalance::partRect(int label, int fold) const
{
    const std::vector<int>& counts = m_counts[static_cast<size_t>(label)];
    const auto index = static_cast<size_t>(foldIndex(fold));
    const int before = std::accumulate(counts.begin(), counts.begin() + static_cast<ptrdiff_t>(index), 0);
    const int room = std::max(1, width() - nameWidth() - countWidth());
    const QRect name = nameRect(label);
    const int left = nameWidth() + room * before / m_largest;
    const int right = nameWidth() + room * (before + counts[index]) / m_largest;
    const int gap = lineHeight() / 6;
    return {left, name.top() + gap, right - left, name.height() - 2 * gap};
}

QSize ClassBalance::sizeHint() const
{
    const int lines = m_dataset ? legendRows() + static_cast<int>(m_dataset->classes.size()) : 6;
    return {fontMetrics().averageCharWidth() * 44, lines * lineHeight()};
}

QSize ClassBalance::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, sizeHint().height()};
}

void ClassBalance::paintEvent(QPaintEvent* event)
{
    if (!m_dataset)
        return;
    QPainter painter(this);
    paintLegend(painter);
    for (int label = 0; label < static_cast<int>(m_counts.size()); ++label)
        if (event->rect().intersects(QRect(0, nameRect(label).top(), width(), lineHeight())))
            paintClass(painter, label);
}

void ClassBalance::paintLegend(QPainter& painter) const
{
    painter.setPen(Theme::colours().mutedText);
    painter.drawText(QRect(0, 0, nameWidth(), lineHeight()), Qt::AlignVCenter | Qt::AlignLeft, tr("Fold"));
    for (size_t i = 0; i < m_dataset->folds.size(); ++i) {
        const QRect rect = legendRect(m_dataset->folds[i]);
        const int side = fontMetrics().height() * 2 / 3;
        const QRect swatch(rect.left(), rect.center().y() - side / 2, side, side);
        painter.fillRect(swatch, Theme::colours().seriesColour(static_cast<int>(i)));
        painter.setPen(m_filter.fold == m_dataset->folds[i] ? Theme::colours().accent : Theme::colours().mutedText);
        painter.drawText(rect.adjusted(side + side / 3, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, QString::number(m_dataset->folds[i]));
    }
}

void ClassBalance::paintClass(QPainter& painter, int label) const
{
    const ThemeColours& colours = Theme::colours();
    const QRect name = nameRect(label);
    const QString text = QString::fromStdString(m_dataset->classes[static_cast<size_t>(label)]);
    painter.setPen(m_filter.label == label ? colours.accent : colours.text);
    painter.drawText(name.adjusted(0, 0, -fontMetrics().averageCharWidth(), 0), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text, Qt::ElideRight, name.width() - fontMetrics().averageCharWidth()));
    int end = name.right() + 1, all = 0;
    for (size_t i = 0; i < m_dataset->folds.size(); ++i) {
        const int fold = m_dataset->folds[i];
        const QRect part = partRect(label, fold);
        const bool outside = (m_filter.label && m_filter.label != label) || (m_filter.fold && m_filter.fold != fold);
        painter.setOpacity(outside ? 0.25 : 1.0);
        painter.fillRect(part.adjusted(0, 0, part.width() > 4 ? -1 : 0, 0), colours.seriesColour(static_cast<int>(i)));
        painter.setOpacity(1.0);
        end = std::max(end, part.right() + 1);
        all += count(label, fold);
    }
    painter.setPen(colours.mutedText);
    painter.drawText(QRect(end, name.top(), countWidth(), name.height()), Qt::AlignVCenter | Qt::AlignRight, QString::number(all));
}

std::optional<ClassBalance::Cell> ClassBalance::cellAt(const QPoint& point) const
{
    if (!m_dataset)
        return {};
    for (const int fold : m_dataset->folds)
        if (legendRect(fold).contains(point))
            return Cell{{}, fold};
    const int label = point.y() / lineHeight() - legendRows();
    if (label < 0 || label >= static_cast<int>(m_counts.size()))
        return {};
    for (const int fold : m_dataset->folds)
        if (partRect(label, fold).contains(point))
            return Cell{label, fold};
    return nameRect(label).contains(point) ? std::optional(Cell{label, {}}) : std::nullopt;
}

QString ClassBalance::describe(const Cell& cell) const
{
    if (!cell.label)
        return tr("Fold %1: click to show its clips").arg(*cell.fold);
    const QString name = QString::fromStdString(m_dataset->classes[static_cast<size_t>(*cell.label)]);
    if (!cell.fold)
        return tr("%1: click to show its clips").arg(name);
    return tr("%1, fold %2: %n clip(s); click to show them", nullptr, count(*cell.label, *cell.fold)).arg(name).arg(*cell.fold);
}

void ClassBalance::mouseReleaseEvent(QMouseEvent* event)
{
    const std::optional<Cell> cell = event->button() == Qt::LeftButton ? cellAt(event->position().toPoint()) : std::nullopt;
    if (!cell)
        return;
    if (cell->label == m_filter.label && cell->fold == m_filter.fold)
        Q_EMIT cellClicked({}, {});
    else
        Q_EMIT cellClicked(cell->label, cell->fold);
}

bool ClassBalance::event(QEvent* event)
{
    if (event->type() == QEvent::MouseMove)
        setCursor(cellAt(static_cast<QMouseEvent*>(event)->position().toPoint()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const std::optional<Cell> cell = cellAt(help->pos());
        QToolTip::showText(help->globalPos(), cell ? describe(*cell) : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace melscope
