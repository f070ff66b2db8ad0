// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"
#include "tokens/TokenGeometry.h"

#include <QAbstractTableModel>

#include <optional>

namespace melscope {

/// Every place of a dataset that has a code, the nearest to its centre first. Virtual: a code is shown at once, whatever its places.
class PlacesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Each of two lines: distance and fold, class and clip, time and band.
    enum Column { Distance, Clip, Moment, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setTokens(std::shared_ptr<const LoadedTokens> tokens); ///< null: none
    void setCode(int code); ///< CurrentCode::none: none
    int code() const { return m_code; }
    const TokenPlace& placeAt(int row) const { return m_places[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const LoadedTokens> m_tokens;
    std::optional<TokenGeometry> m_geometry;
    int m_code = -1;
    std::span<const TokenPlace> m_places; // of m_tokens
};

} // namespace melscope
