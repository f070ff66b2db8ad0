// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunChoices.h"

#include "runs/RunText.h"

namespace melscope {

void RunChoices::setRuns(const RunList& runs)
{
    beginResetModel();
    m_runs = runs;
    m_places.clear();
    for (size_t place = 0; place < runs.size(); ++place)
        if (!runs[place].results.empty())
            m_places.push_back(place);
    endResetModel();
}

void RunChoices::setLead(const std::string& id, const QString& text)
{
    const bool was = leads() > 0;
    if (was && id.empty()) {
        beginRemoveRows({}, 0, 0);
        m_leadId.clear();
        endRemoveRows();
    } else if (!was && !id.empty()) {
        beginInsertRows({}, 0, 0);
        m_leadId = id;
        m_leadText = text;
        endInsertRows();
    } else if (was) {
        m_leadId = id;
        m_leadText = text;
        Q_EMIT dataChanged(index(0), index(0));
    }
}

std::string RunChoices::idAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    return row < leads() ? m_leadId : runAt(row).id;
}

int RunChoices::rowOf(const std::string& id) const
{
    for (int row = 0; row < rowCount(); ++row)
        if ((row < leads() ? m_leadId : runAt(row).id) == id)
            return row;
    return -1;
}

int RunChoices::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : leads() + static_cast<int>(m_places.size());
}

QVariant RunChoices::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return index.row() < leads() ? m_leadText : runText(runAt(index.row()));
}

} // namespace melscope
