// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ThumbnailDelegate.h"

#include "common/Theme.h"

#include <QImage>
#include <QPainter>

namespace melscope {

void ThumbnailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, option.palette.highlight());
    const QRect cell = option.rect.adjusted(2, 2, -2, -2);
    const auto image = index.data(Qt::DecorationRole).value<QImage>();
    if (image.isNull()) {
        painter->fillRect(cell, Theme::colours().grid);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(cell, image);
    painter->restore();
}

} // namespace melscope
