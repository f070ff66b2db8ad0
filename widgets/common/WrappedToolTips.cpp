// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/WrappedToolTips.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>

namespace melscope {
namespace {

constexpr qsizetype shortLine = 80; // letters that one line may have

/// What `widget` would show at `place`, where it is a view's viewport; else its own tooltip.
QString textAt(const QWidget& widget, QPoint place)
{
    if (const auto* header = qobject_cast<const QHeaderView*>(widget.parentWidget()); header && header->model() && header->viewport() == &widget)
        return header->model()->headerData(header->logicalIndexAt(place), header->orientation(), Qt::ToolTipRole).toString();
    if (const auto* view = qobject_cast<const QAbstractItemView*>(widget.parentWidget()); view && view->viewport() == &widget)
        return view->indexAt(place).data(Qt::ToolTipRole).toString();
    return widget.toolTip();
}

bool isLong(const QString& text)
{
    const QStringList lines = text.split(QLatin1Char('\n'));
    return std::any_of(lines.begin(), lines.end(), [](const QString& line) { return line.size() > shortLine; });
}

} // namespace

bool WrappedToolTips::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !watched->isWidgetType())
        return false;
    auto* widget = static_cast<QWidget*>(watched);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString text = textAt(*widget, help->pos());
    if (!isLong(text) || Qt::mightBeRichText(text))
        return false;
    QToolTip::showText(help->globalPos(), Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal), widget);
    return true;
}

} // namespace melscope
