// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/TextTableModel.h"

#include <algorithm>

namespace melscope {

void TextTableModel::show(const QStringList& headings, std::vector<QStringList> rows, std::vector<int> numbers)
{
    beginResetModel();
    m_headings = headings;
    m_rows = std::move(rows);
    m_numbers = std::move(numbers);
    endResetModel();
}

int TextTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TextTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headings.size());
}

QVariant TextTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && std::find(m_numbers.begin(), m_numbers.end(), index.column()) != m_numbers.end())
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    return m_rows[static_cast<size_t>(index.row())].value(index.column());
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(m_headings.value(section)) : QVariant();
}

} // namespace melscope
