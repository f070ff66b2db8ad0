// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/ModelMap.h"

#include <QAbstractTableModel>
#include <QPixmap>

#include <optional>
#include <vector>

namespace melscope {

/// A clip's test-time views, a row each: what it looks like, what it votes for, and what that adds to the true class. The clip as it
/// is comes first, the mean that counts last.
class ViewAnatomyModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Picture, View, Vote, TrueClass, Gain, ColumnCount };
    static constexpr QSize pictureSize{112, 52};

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::optional<ClipAnatomy> anatomy); ///< none: no row

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isMean(int row) const { return row == static_cast<int>(m_anatomy->views.size()); }
    const std::vector<float>& vote(int row) const;
    double trueClass(int row) const; ///< its probability
    QVariant text(int row, int column) const;

    std::optional<ClipAnatomy> m_anatomy;
    std::vector<QPixmap> m_pictures; // [view]
};

} // namespace melscope
