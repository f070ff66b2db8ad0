// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ChainPlace.h"

#include <QTreeView>

namespace melscope {

class ChainModel;

/// The list of a chain. Dragging reorders within a stage; over another one it says why that cannot be.
class ChainView : public QTreeView
{
    Q_OBJECT

public:
    explicit ChainView(ChainModel& model, QWidget* parent = nullptr);

    ChainPlace place() const; ///< of the current line
    void setPlace(const ChainPlace& place);

Q_SIGNALS:
    void placeChanged();

protected:
    void dragMoveEvent(QDragMoveEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    ChainModel& m_model;
};

} // namespace melscope
