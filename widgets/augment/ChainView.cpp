// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainView.h"

#include "augment/ChainDelegate.h"
#include "augment/ChainModel.h"
#include "augment/ChainText.h"

#include <QDragMoveEvent>
#include <QToolTip>

namespace melscope {

ChainView::ChainView(ChainModel& model, QWidget* parent) : QTreeView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new ChainDelegate(this));
    setAccessibleName(tr("Augmentations of the chain"));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setIndentation(fontMetrics().averageCharWidth());
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    expandAll();
    setCurrentIndex(model.index(0, 0));
}

ChainPlace ChainView::place() const
{
    return currentIndex().isValid() ? ChainModel::placeOf(currentIndex()) : ChainPlace();
}

void ChainView::setPlace(const ChainPlace& place)
{
    setCurrentIndex(m_model.indexOf(place));
}

void ChainView::dragMoveEvent(QDragMoveEvent* event)
{
    QTreeView::dragMoveEvent(event);
    const auto dragged = ChainModel::placeIn(*event->mimeData());
    const QModelIndex below = indexAt(event->position().toPoint());
    if (!dragged || !below.isValid() || ChainModel::placeOf(below).stage == dragged->stage)
        return QToolTip::hideText();
    QToolTip::showText(viewport()->mapToGlobal(event->position().toPoint()),
                       tr("%1 belongs to the stage %2.").arg(m_model.indexOf(*dragged).data().toString(), stageTitle(dragged->stage))
                           + QLatin1Char(' ') + stageNote(dragged->stage),
                       viewport());
}

void ChainView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT placeChanged();
}

} // namespace melscope
