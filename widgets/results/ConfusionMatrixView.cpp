// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ConfusionMatrixView.h"

#include "common/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace melscope {

ConfusionMatrixView::ConfusionMatrixView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Confusion matrix"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ConfusionMatrixView::setMatrix(const ConfusionMatrix& matrix)
{
    m_matrix = matrix;
    m_chosen.reset();
    m_current.reset();
    update();
}

void ConfusionMatrixView::setNormalised(bool on)
{
    m_normalised = on;
    update();
}

void ConfusionMatrixView::choose(std::optional<Cell> cell)
{
    m_chosen = cell;
    update();
}

int ConfusionMatrixView::count(const Cell& cell) const
{
    return m_matrix.counts[static_cast<size_t>(cell.label)][static_cast<size_t>(cell.predicted)];
}

int ConfusionMatrixView::rowTotal(int label) const
{
    int total = 0;
    for (const int one : m_matrix.counts[static_cast<size_t>(label)])
        total += one;
    return total;
}

QFont ConfusionMatrixView::labelFont() const
{
    QFont small = font();
    // Fifty classes leave less than a line of text each.
    const double fits = std::clamp(std::min(width(), height()) / std::max(1.0, classes() * 1.9), 6.0, font().pointSizeF());
    small.setPointSizeF(std::min(fits, font().pointSizeF()));
    return small;
}

int ConfusionMatrixView::labelSpace() const
{
    const QFontMetrics metrics(labelFont());
    int widest = 0;
    for (const std::string& name : m_matrix.classes)
        widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(name)));
    return std::min(widest, std::min(width(), height()) / 3) + metrics.height() * 3 / 2;
}

double ConfusionMatrixView::cellSize() const
{
    const int space = labelSpace();
    return classes() == 0 ? 0.0 : std::max(1.0, std::min(width() - space - 4, height() - space - 4) / static_cast<double>(classes()));
}

QRect ConfusionMatrixView::cellRect(const Cell& cell) const
{
    const double size = cellSize();
    const int space = labelSpace();
    const int left = space + qRound(cell.predicted * size), right = space + qRound((cell.predicted + 1) * size);
    const int top = space + qRound(cell.label * size), bottom = space + qRound((cell.label + 1) * size);
    return {left, top, right - left, bottom - top};
}

std::optional<ConfusionMatrixView::Cell> ConfusionMatrixView::cellAt(const QPoint& position) const
{
    if (classes() == 0)
        return {};
    const int space = labelSpace();
    const double size = cellSize();
    const int predicted = static_cast<int>(std::floor((position.x() - space) / size));
    const int label = static_cast<int>(std::floor((position.y() - space) / size));
    if (predicted < 0 || label < 0 || predicted >= classes() || label >= classes())
        return {};
    return Cell{label, predicted};
}

QString ConfusionMatrixView::describe(const Cell& cell) const
{
    const auto name = [&](int label) { return QString::fromStdString(m_matrix.classes[static_cast<size_t>(label)]); };
    const QString share = tr("%1 of %2 clips of %3").arg(count(cell)).arg(rowTotal(cell.label)).arg(name(cell.label));
    return cell.label == cell.predicted ? tr("%1 were recognised").arg(share) : tr("%1 were taken for %2").arg(share, name(cell.predicted));
}

QSize ConfusionMatrixView::sizeHint() const
{
    const int side = fontMetrics().height() * 26;
    return {side, side};
}

QSize ConfusionMatrixView::minimumSizeHint() const
{
    const int side = fontMetrics().height() * 13;
    return {side, side};
}

void ConfusionMatrixView::drawLabels(QPainter& painter) const
{
    painter.setFont(labelFont());
    const QFontMetrics metrics(labelFont());
    const int space = labelSpace(), room = space - metrics.height() * 5 / 4;
    const QColor muted = palette().color(QPalette::PlaceholderText);
    for (int i = 0; i < classes(); ++i) {
        const QString name = metrics.elidedText(QString::fromStdString(m_matrix.classes[static_cast<size_t>(i)]), Qt::ElideRight, room);
        const QRect diagonal = cellRect({i, i});
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(space - room - 4, diagonal.top() - 4, room, diagonal.height() + 8), Qt::AlignRight | Qt::AlignVCenter, name);
        painter.save();
        painter.translate(diagonal.center().x(), space - 4);
        painter.rotate(-90);
        painter.drawText(QRect(0, -diagonal.width() / 2 - 4, room, diagonal.width() + 8), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.restore();
    }
    painter.setPen(muted);
    const int side = qRound(cellSize() * classes());
    painter.drawText(QRect(space, 0, side, metrics.height()), Qt::AlignCenter, tr("taken for"));
    painter.save();
    painter.translate(0, space + side);
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, side, metrics.height()), Qt::AlignCenter, tr("is"));
    painter.restore();
}

void ConfusionMatrixView::drawCell(QPainter& painter, const Cell& cell) const
{
    const QRect rect = cellRect(cell);
    const int clips = count(cell), total = rowTotal(cell.label);
    const double share = total > 0 ? static_cast<double>(clips) / total : 0.0;
    // A single mistake among many must still be seen, so shades rise fast from nothing.
    const QColor base = palette().color(QPalette::Base);
    const QColor full = cell.label == cell.predicted ? Theme::colours().accent : Theme::colours().error;
    const double strength = clips == 0 ? 0.0 : 0.2 + 0.8 * std::sqrt(share);
    const auto mix = [&](int from, int to) { return qRound(from + strength * (to - from)); };
    const QColor shade(mix(base.red(), full.red()), mix(base.green(), full.green()), mix(base.blue(), full.blue()));
    const int gap = rect.width() > 8 ? 1 : 0;
    painter.fillRect(rect.adjusted(0, 0, -gap, -gap), shade);
    if (clips == 0)
        return;
    const QString text = m_normalised ? QString::number(qRound(share * 100.0)) : QString::number(clips);
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * std::min(1.0, (rect.width() - 2.0) / std::max(1, painter.fontMetrics().horizontalAdvance(text))));
    if (font.pointSizeF() < 5.0 || painter.fontMetrics().ascent() > rect.height())
        return;
    painter.save();
    painter.setFont(font);
    painter.setPen(qGray(shade.rgb()) < 140 ? Qt::white : Qt::black);
    painter.drawText(rect, Qt::AlignCenter, text);
    painter.restore();
}

void ConfusionMatrixView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (classes() == 0) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Train a run to its end, or choose one that has: its confusion matrix stands here then."));
        return;
    }
    drawLabels(painter);
    for (int label = 0; label < classes(); ++label)
        for (int predicted = 0; predicted < classes(); ++predicted)
            drawCell(painter, {label, predicted});
    painter.setBrush(Qt::NoBrush);
    if (m_current) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1, hasFocus() ? Qt::SolidLine : Qt::DotLine));
        painter.drawRect(cellRect(*m_current).adjusted(0, 0, -1, -1));
    }
    if (m_chosen) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
        painter.drawRect(cellRect(*m_chosen).adjusted(0, 0, -1, -1));
    }
}

void ConfusionMatrixView::setCurrent(const Cell& cell)
{
    if (m_current == cell)
        return;
    m_current = cell;
    const QString text = describe(cell);
    setAccessibleDescription(text);
    Q_EMIT hovered(text);
    update();
}

void ConfusionMatrixView::mouseMoveEvent(QMouseEvent* event)
{
    if (const auto cell = cellAt(event->position().toPoint()))
        setCurrent(*cell);
    else
        leaveEvent(event);
}

void ConfusionMatrixView::mousePressEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position().toPoint());
    if (!cell || event->button() != Qt::LeftButton)
        return;
    setCurrent(*cell);
    choose(cell);
    Q_EMIT cellChosen(cell->label, cell->predicted);
}

void ConfusionMatrixView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position().toPoint());
    if (cell && event->button() == Qt::LeftButton)
        Q_EMIT cellActivated(cell->label, cell->predicted);
}

void ConfusionMatrixView::keyPressEvent(QKeyEvent* event)
{
    if (classes() == 0)
        return QWidget::keyPressEvent(event);
    Cell cell = m_current.value_or(m_chosen.value_or(Cell{}));
    switch (event->key()) {
    case Qt::Key_Left: --cell.predicted; break;
    case Qt::Key_Right: ++cell.predicted; break;
    case Qt::Key_Up: --cell.label; break;
    case Qt::Key_Down: ++cell.label; break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_chosen == cell) {
            Q_EMIT cellActivated(cell.label, cell.predicted);
            return;
        }
        choose(cell);
        Q_EMIT cellChosen(cell.label, cell.predicted);
        return;
    default: return QWidget::keyPressEvent(event);
    }
    setCurrent({std::clamp(cell.label, 0, classes() - 1), std::clamp(cell.predicted, 0, classes() - 1)});
}

void ConfusionMatrixView::leaveEvent(QEvent*)
{
    m_current.reset();
    Q_EMIT hovered({});
    update();
}

} // namespace melscope
