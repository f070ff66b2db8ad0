// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ProgressDelegate.h"

#include "common/Theme.h"
#include "training/RunsModel.h"

#include <QPainter>

namespace melscope {

void ProgressDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    ground.text.clear();
    QStyle* style = option.widget ? option.widget->style() : nullptr;
    if (style)
        style->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
    const QRectF frame = QRectF(option.rect).adjusted(3.5, 3.5, -3.5, -3.5);
    const double progress = index.data(RunsModel::ProgressRole).toDouble();
    QRectF done = frame;
    done.setWidth(frame.width() * progress);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option.palette.color(QPalette::Mid), 1));
    painter->setBrush(option.palette.color(QPalette::Base));
    painter->drawRoundedRect(frame, 3, 3);
    QColor fill = Theme::colours().accent;
    fill.setAlphaF(0.45f);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->setClipRect(done);
    painter->drawRoundedRect(frame, 3, 3);
    painter->setClipping(false);
    painter->setPen(option.palette.color(QPalette::Text));
    painter->drawText(frame, Qt::AlignCenter, option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, qRound(frame.width()) - 4));
    painter->restore();
}

} // namespace melscope
