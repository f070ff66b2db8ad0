// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/PlacesModel.h"

#include "tokens/CurrentCode.h"

#include <QLocale>

#include <algorithm>

namespace melscope {
namespace {

/// Short, so that the column leaves room for the clip's name.
QString bandText(double lowest, double highest)
{
    const QLocale locale;
    return highest < 1000.0 ? PlacesModel::tr("%1–%2 Hz").arg(locale.toString(lowest, 'f', 0), locale.toString(highest, 'f', 0))
                            : PlacesModel::tr("%1–%2 kHz").arg(locale.toString(lowest / 1000.0, 'f', 1), locale.toString(highest / 1000.0, 'f', 1));
}

} // namespace

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
        return static_cast<int>((index.column() == Clip ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const TokenPlace& place = placeAt(index.row());
    const TokenSet& set = *m_tokens->set;
    const auto clip = static_cast<size_t>(place.clip);
    const QLocale locale;
    switch (index.column()) {
    case Distance: return tr("%1\nfold %2").arg(locale.toString(place.distance, 'f', 2)).arg(set.folds[clip]);
    case Clip: return QString::fromStdString(set.classes[static_cast<size_t>(set.labels[clip])] + '\n' + set.clips[clip]);
    case Moment: return tr("%1 s\n%2").arg(locale.toString(std::max(0.0, m_geometry->seconds(place.token).start), 'f', 2), // the first frame reaches before the clip
                                           bandText(m_geometry->lowestHz(place.token), m_geometry->highestHz(place.token)));
    default: return {};
    }
}

QVariant PlacesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == Clip ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Distance)
        return tr("From the code's centre: Euclidean, in standard deviations of the bands, for k-means; between unit vectors (0 to 2) otherwise");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Distance: return tr("Distance\nFold");
    case Clip: return tr("Class\nClip");
    case Moment: return tr("At\nBand");
    default: return {};
    }
}

} // namespace melscope
