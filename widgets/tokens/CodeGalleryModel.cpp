// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeGalleryModel.h"

#include "tokens/CodeText.h"

namespace melscope {

void CodeGalleryModel::setTokens(std::shared_ptr<const LoadedTokens> tokens)
{
    m_tokens = std::move(tokens);
    m_chosen = -1;
    arrange();
}

void CodeGalleryModel::setOrder(CodeOrder order)
{
    m_order = order;
    arrange();
}

void CodeGalleryModel::setChosen(int code)
{
    m_chosen = code;
    if (m_order == CodeOrder::Similarity)
        arrange();
}

void CodeGalleryModel::arrange()
{
    beginResetModel();
    m_codes = m_tokens ? codesInOrder(*m_tokens, m_order, m_chosen) : std::vector<int>();
    m_rows.resize(m_codes.size());
    for (size_t row = 0; row < m_codes.size(); ++row)
        m_rows[static_cast<size_t>(m_codes[row])] = static_cast<int>(row);
    endResetModel();
}

QModelIndex CodeGalleryModel::indexOf(int code) const
{
    return code >= 0 && code < static_cast<int>(m_rows.size()) ? index(m_rows[static_cast<size_t>(code)]) : QModelIndex();
}

int CodeGalleryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_codes.size());
}

QVariant CodeGalleryModel::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole: return codeAt(index.row());
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: return codeSentence(*m_tokens, codeAt(index.row()));
    default: return {};
    }
}

} // namespace melscope
