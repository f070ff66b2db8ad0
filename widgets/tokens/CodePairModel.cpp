// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodePairModel.h"

#include "common/Figures.h"
#include "tokens/CurrentCode.h"

#include <QLocale>

namespace melscope {

void CodePairModel::setTokens(std::shared_ptr<const LoadedTokens> tokens)
{
    m_tokens = std::move(tokens);
    m_only = CurrentCode::none;
    m_pairs.clear();
    m_begins.clear();
    m_ends.clear();
    m_all = 0;
    if (m_tokens) {
        const CountTable& bigrams = m_tokens->statistics->bigrams;
        m_pairs = pairsByCount(bigrams);
        m_begins.resize(static_cast<size_t>(bigrams.rows));
        m_ends.resize(static_cast<size_t>(bigrams.rows));
        for (const CodePair& pair : m_pairs) {
            m_begins[static_cast<size_t>(pair.code)] += pair.count;
            m_ends[static_cast<size_t>(pair.next)] += pair.count;
            m_all += pair.count;
        }
    }
    filter();
}

void CodePairModel::setOnly(int code)
{
    if (std::exchange(m_only, code) != code)
        filter();
}

void CodePairModel::setRepeats(bool shown)
{
    if (std::exchange(m_repeats, shown) != shown)
        filter();
}

void CodePairModel::filter()
{
    beginResetModel();
    m_rows.clear();
    for (size_t i = 0; i < m_pairs.size(); ++i) {
        const CodePair& pair = m_pairs[i];
        if ((m_only == CurrentCode::none || pair.code == m_only || pair.next == m_only) && (m_repeats || pair.code != pair.next))
            m_rows.push_back(i);
    }
    endResetModel();
}

double CodePairModel::share(const CodePair& pair) const
{
    return static_cast<double>(pair.count) / static_cast<double>(m_begins[static_cast<size_t>(pair.code)]);
}

double CodePairModel::surplus(const CodePair& pair) const
{
    return share(pair) / (static_cast<double>(m_ends[static_cast<size_t>(pair.next)]) / static_cast<double>(m_all));
}

int CodePairModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CodePairModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CodePairModel::data(const QModelIndex& index, int role) const
{
    const CodePair& pair = pairAt(index.row());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QLocale locale;
    switch (index.column()) {
    case Code: return pair.code;
    case Next: return pair.next;
    case Count: return locale.toString(static_cast<qlonglong>(pair.count));
    case Share: return percentText(share(pair));
    case Surplus: return tr("%1 ×").arg(locale.toString(surplus(pair), 'f', surplus(pair) < 10.0 ? 1 : 0));
    default: return {};
    }
}

QVariant CodePairModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        switch (section) {
        case Code: return tr("Code");
        case Next: return tr("Next");
        case Count: return tr("Times");
        case Share: return tr("Of its followers");
        case Surplus: return tr("Against chance");
        default: return {};
        }
    if (role == Qt::ToolTipRole)
        switch (section) {
        case Code: return tr("A code, and the one that follows it in time in the same band; silence between them breaks the chain.");
        case Next: return tr("The code that follows.");
        case Count: return tr("How often that happens in the clips that the codebook was fitted on.");
        case Share: return tr("Of all that follows the code, the share that is this one.");
        case Surplus: return tr("How many times as often as if codes followed each other by chance, each as often as it is used.");
        default: return {};
        }
    return {};
}

} // namespace melscope
