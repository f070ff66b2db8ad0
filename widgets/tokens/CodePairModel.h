// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

#include <QAbstractTableModel>

namespace melscope {

/// Which code follows which in time, the commonest pairs first: all of them, or those with one code. Virtual.
class CodePairModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Code, Next, Count, Share, Surplus, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setTokens(std::shared_ptr<const LoadedTokens> tokens); ///< null: none
    void setOnly(int code);          ///< pairs that it begins or ends; CurrentCode::none: all
    void setRepeats(bool shown);     ///< pairs of a code with itself
    const CodePair& pairAt(int row) const { return m_pairs[m_rows[static_cast<size_t>(row)]]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void filter();
    double share(const CodePair& pair) const;
    double surplus(const CodePair& pair) const;

    std::shared_ptr<const LoadedTokens> m_tokens;
    std::vector<CodePair> m_pairs;   // all, the commonest first
    std::vector<int64_t> m_begins;   // [code]: pairs that it begins
    std::vector<int64_t> m_ends;     // and ends
    int64_t m_all = 0;
    std::vector<size_t> m_rows;      // of m_pairs
    int m_only = -1;
    bool m_repeats = true;
};

} // namespace melscope
