// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunList.h"

#include <QAbstractListModel>

#include <vector>

namespace melscope {

/// Those runs of a list that have results, as a box shows them. Their texts are made when they are seen.
class RunChoices : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRuns(const RunList& runs);
    /// An entry before the runs; an empty id takes it away.
    void setLead(const std::string& id, const QString& text = {});

    std::string idAt(int row) const; ///< empty when there is no such row
    int rowOf(const std::string& id) const; ///< -1 when there is none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    int leads() const { return m_leadId.empty() ? 0 : 1; }
    const RunRecord& runAt(int row) const { return m_runs[m_places[static_cast<size_t>(row - leads())]]; }

    RunList m_runs;
    std::vector<size_t> m_places; ///< in m_runs, of those with results
    std::string m_leadId;
    QString m_leadText;
};

} // namespace melscope
