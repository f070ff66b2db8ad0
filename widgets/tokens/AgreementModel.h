// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodebookComparison.h"

#include <QAbstractTableModel>

namespace melscope {

/// What became of every code of the first codebook in the second: the codes that lost most places first.
class AgreementModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Code, Places, Counterpart, Kept, Moved, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(std::shared_ptr<const CodebookComparison> comparison); ///< null: none
    int codeAt(int row) const { return m_rows[static_cast<size_t>(row)].code; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        int code = 0;
        int64_t places = 0;
        int counterpart = 0;
        double kept = 0.0; ///< share
        int64_t moved = 0;
    };
    std::vector<Row> m_rows;
};

} // namespace melscope
