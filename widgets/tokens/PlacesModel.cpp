// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/PlacesModel.h"

#include "tokens/CurrentCode.h"

#include <QLocale>

#include <algorithm>

namespace melscope {

void PlacesModel::setTokens(std::shared_ptr<const LoadedTokens> tokens)
{
    beginResetModel();
    m_places = {};
    m_code = CurrentCode::none;
    m_tokens = std::move(tokens);
    m_geometry.reset();
    if (m_tokens)
        m_geometry.emplace(*m_tokens->set);
    endResetModel();
}

void PlacesModel::setCode(int code)
{
    beginResetModel();
    m_code = m_tokens ? code : CurrentCode::none;
    m_places = m_code == CurrentCode::none ? std::span<const TokenPlace>() : m_tokens->occurrences->places(m_code);
    endResetModel();
}

int PlacesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_places.size());
}

int PlacesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PlacesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((index.column() == Class || index.column() == Clip ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const TokenPlace& place = placeAt(index.row());
    const TokenSet& set = *m_tokens->set;
    const auto clip = static_cast<size_t>(place.clip);
    const QLocale locale;
    switch (index.column()) {
    case Distance: return locale.toString(place.distance, 'f', 2);
    case Class: return QString::fromStdString(set.classes[static_cast<size_t>(set.labels[clip])]);
    case Time: return tr("%1 s").arg(locale.toString(std::max(0.0, m_geometry->seconds(place.token).start), 'f', 2)); // the first frame reaches before the clip
    case Band:
        return tr("%1–%2 Hz").arg(m_geometry->lowestHz(place.token), 0, 'f', 0).arg(m_geometry->highestHz(place.token), 0, 'f', 0);
    case Fold: return set.folds[clip];
    case Clip: return QString::fromStdString(set.clips[clip]);
    default: return {};
    }
}

QVariant PlacesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == Distance)
        return tr("From the code's centre: Euclidean, in standard deviations of the bands, for k-means; between unit vectors (0 to 2) otherwise");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Distance: return tr("Distance");
    case Class: return tr("Class");
    case Time: return tr("At");
    case Band: return tr("Band");
    case Fold: return tr("Fold");
    case Clip: return tr("Clip");
    default: return {};
    }
}

} // namespace melscope
