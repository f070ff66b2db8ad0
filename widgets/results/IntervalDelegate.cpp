// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/IntervalDelegate.h"

#include "common/Theme.h"
#include "results/AccuracyTableModel.h"

#include <QPainter>

namespace melscope {

void IntervalDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    const QString text = ground.text;
    ground.text.clear();
    if (option.widget)
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor ink = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const int textWidth = option.fontMetrics.horizontalAdvance(QStringLiteral("100.0 to 100.0"));
    const QRect inside = option.rect.adjusted(6, 0, -8, 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(ink);
    painter->drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, text);

    const QRectF scale(inside.left() + textWidth + 8, inside.center().y() - 3, inside.width() - textWidth - 8, 7);
    const double begin = index.data(AccuracyTableModel::ScaleRole).toDouble();
    const auto at = [&](double share) { return scale.left() + (share - begin) / (1.0 - begin) * scale.width(); };
    QColor faint = ink;
    faint.setAlphaF(0.18f);
    painter->setPen(Qt::NoPen);
    painter->setBrush(faint);
    painter->drawRoundedRect(QRectF(scale.left(), scale.center().y() - 1, scale.width(), 2), 1, 1);
    if (index.data(AccuracyTableModel::LowRole).isValid()) {
        const double low = at(index.data(AccuracyTableModel::LowRole).toDouble());
        const double high = at(index.data(AccuracyTableModel::HighRole).toDouble());
        QColor bar = selected ? ink : Theme::colours().accent;
        bar.setAlphaF(0.55f);
        painter->setBrush(bar);
        painter->drawRoundedRect(QRectF(low, scale.top(), high - low, scale.height()), 3, 3);
        painter->setBrush(ink);
        painter->drawEllipse(QPointF(at(index.data(AccuracyTableModel::AccuracyRole).toDouble()), scale.center().y()), 2.5, 2.5);
    }
    const double published = index.data(AccuracyTableModel::PublishedRole).toDouble();
    if (published > 0.0) {
        painter->setPen(QPen(ink, 2));
        painter->drawLine(QPointF(at(published), scale.top() - 4), QPointF(at(published), scale.bottom() + 4));
    }
    painter->restore();
}

QSize IntervalDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {option.fontMetrics.averageCharWidth() * 44, option.fontMetrics.height() * 2};
}

} // namespace melscope
