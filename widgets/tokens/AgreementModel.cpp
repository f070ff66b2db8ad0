// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/AgreementModel.h"

#include "common/Figures.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {

void AgreementModel::setComparison(std::shared_ptr<const CodebookComparison> comparison)
{
    beginResetModel();
    m_rows.clear();
    for (int code = 0; comparison && code < comparison->agreement.table.rows; ++code) {
        const TokenAgreement& agreement = comparison->agreement;
        const auto counts = agreement.table.row(code);
        const int64_t places = std::accumulate(counts.begin(), counts.end(), int64_t(0));
        if (places > 0)
            m_rows.push_back({.code = code, .places = places, .counterpart = agreement.counterpart[static_cast<size_t>(code)],
                              .kept = agreement.keptShare[static_cast<size_t>(code)], .moved = places - std::ranges::max(counts)});
    }
    std::ranges::stable_sort(m_rows, std::greater(), &Row::moved);
    endResetModel();
}

int AgreementModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AgreementModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AgreementModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const Row& row = m_rows[static_cast<size_t>(index.row())];
    const QLocale locale;
    switch (index.column()) {
    case Code: return row.code;
    case Places: return locale.toString(static_cast<qlonglong>(row.places));
    case Counterpart: return row.counterpart;
    case Kept: return percentText(row.kept);
    case Moved: return locale.toString(static_cast<qlonglong>(row.moved));
    default: return {};
    }
}

QVariant AgreementModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Code: return tip ? tr("Code of the first codebook") : tr("First");
    case Places: return tip ? tr("Its places in all clips that neither codebook takes for silence") : tr("Places");
    case Counterpart: return tip ? tr("The code of the second codebook that most of these places have") : tr("Second");
    case Kept: return tip ? tr("Share of the places that have it") : tr("Kept");
    case Moved: return tip ? tr("Places that have another one") : tr("Moved");
    default: return {};
    }
}

} // namespace melscope
