// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace melscope {

/// Rows of ready-made texts under given headings, for tables that are filled at once and only read.
class TextTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Every row as long as `headings`; columns of `numbers` are aligned to the right.
    void show(const QStringList& headings, std::vector<QStringList> rows, std::vector<int> numbers = {});

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headings;
    std::vector<QStringList> m_rows;
    std::vector<int> m_numbers;
};

} // namespace melscope
