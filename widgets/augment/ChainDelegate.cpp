// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainDelegate.h"

#include "augment/ChainModel.h"
#include "common/Theme.h"

#include <QApplication>
#include <QPainter>

namespace melscope {
namespace {

int paddingOf(const QFontMetrics& metrics)
{
    return metrics.height() / 4;
}

bool isHeading(const QModelIndex& index)
{
    return !index.parent().isValid();
}

} // namespace

void ChainDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    const int left = style->subElementRect(QStyle::SE_ItemViewItemText, &ground, option.widget).left() + 2;
    const QString title = ground.text;
    ground.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);

    const bool selected = option.state & QStyle::State_Selected;
    const QColor ink = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor muted = selected ? ink : Theme::colours().mutedText;
    const QFontMetrics& metrics = option.fontMetrics;
    const int padding = paddingOf(metrics);
    const QRect first(left, option.rect.top() + padding, option.rect.right() - padding * 2 - left, metrics.height());
    QFont bold = option.font;
    bold.setBold(isHeading(index));
    const QString summary = index.data(ChainModel::SummaryRole).toString();
    const QString beside = isHeading(index) ? summary : index.data(ChainModel::ProbabilityRole).toString();
    // Where both do not fit, a stage keeps its name and an augmentation its probability.
    const int besideWidth = isHeading(index) ? first.width() - QFontMetrics(bold).horizontalAdvance(title) - padding * 2 : first.width();
    const QString shortBeside = metrics.elidedText(beside, Qt::ElideRight, besideWidth);
    const int titleWidth = first.width() - metrics.horizontalAdvance(shortBeside) - padding * 2;
    painter->save();
    painter->setPen(muted);
    painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter, shortBeside);
    if (isHeading(index)) {
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), Theme::colours().border);
    } else {
        const QRect second = first.translated(0, metrics.height() + 1);
        painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(summary, Qt::ElideRight, second.width()));
    }
    painter->setFont(bold);
    painter->setPen(isHeading(index) || index.data(ChainModel::ActsRole).toBool() ? ink : muted);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter, QFontMetrics(bold).elidedText(title, Qt::ElideRight, titleWidth));
    painter->restore();
}

QSize ChainDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    // Width 0: a long summary is cut short, it never makes the list scroll sideways.
    const int lines = isHeading(index) ? 1 : 2;
    return {0, option.fontMetrics.height() * lines + lines - 1 + paddingOf(option.fontMetrics) * 2};
}

} // namespace melscope
