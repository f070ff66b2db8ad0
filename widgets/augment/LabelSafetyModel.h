// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/LabelSafety.h"

#include <QAbstractTableModel>

namespace melscope {

/// Share of predictions that change: a row a class under one of all clips, a column an augmentation, cells in the heat of their
/// share.
class LabelSafetyModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Class, Clips, FirstAugmentation };
    static constexpr int allRow = 0; ///< of all clips; in its place however the rest is sorted
    static constexpr int ShareRole = Qt::UserRole; ///< a number or a name to sort by

    using QAbstractTableModel::QAbstractTableModel;

    void setSafety(const LabelSafety& safety);
    const LabelSafety& safety() const { return m_safety; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const std::vector<ChangedShare>& row(int index) const;
    QString className(int index) const;
    QString cellText(int index, const ChangedShare& cell) const;
    QString tip(int index, int augmentation) const;

    LabelSafety m_safety;
};

} // namespace melscope
