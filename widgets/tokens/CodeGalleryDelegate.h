// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace melscope {

class CurrentCode;

/// Paints a row of a CodeGalleryModel: the patch, below it number, usage and class, around it a frame where the code is lit or chosen.
class CodeGalleryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit CodeGalleryDelegate(CurrentCode& current, QObject* parent) : QStyledItemDelegate(parent), m_current(current) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    CurrentCode& m_current;
};

} // namespace melscope
