// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodeOrder.h"

#include <QAbstractListModel>

namespace melscope {

/// The codes of a codebook, one a row, in an order.
class CodeGalleryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setTokens(std::shared_ptr<const LoadedTokens> tokens); ///< null: none
    void setOrder(CodeOrder order);
    void setChosen(int code); ///< what the order of similarity begins with; CurrentCode::none: the commonest
    CodeOrder order() const { return m_order; }
    const LoadedTokens& tokens() const { return *m_tokens; } ///< only where there are rows

    int codeAt(int row) const { return m_codes[static_cast<size_t>(row)]; }
    QModelIndex indexOf(int code) const; ///< invalid where there is no such code

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void arrange();

    std::shared_ptr<const LoadedTokens> m_tokens;
    CodeOrder m_order = CodeOrder::Usage;
    int m_chosen = -1;
    std::vector<int> m_codes; // [row]
    std::vector<int> m_rows;  // [code]
};

} // namespace melscope
