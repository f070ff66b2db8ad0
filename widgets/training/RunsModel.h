// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunList.h"
#include "training/TrainingReport.h"

#include <QAbstractTableModel>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace melscope {

/// All runs, as the store listed them and as reports have changed them since: first those a worker holds, then the waiting
/// ones in their order, then the others, newest first.
class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Progress, Remaining, Speed, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole,
        StateRole,    ///< int of RunState
        ProgressRole, ///< double 0 ... 1
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const RunList& runs);
    void setWaiting(const std::vector<std::string>& ids); ///< the queue's order; without it runs wait by age
    /// False where the report is older than what is known: progress of a run that has ended or moved beyond it.
    bool applyReport(const TrainingReport& report);

    const RunRecord* find(const std::string& id) const; ///< with the state as reported; nullptr when there is none
    std::string idAt(int row) const;
    int rowOf(const std::string& id) const; ///< -1 when there is none
    /// In this window's queue; a Queued run that is not was left by an earlier one.
    bool isWaiting(const std::string& id) const { return std::find(m_waiting.begin(), m_waiting.end(), id) != m_waiting.end(); }
    int waitingPosition(const std::string& id) const; ///< 0 ... among the queued ones, -1 otherwise
    int waitingCount() const; ///< of the queued ones
    int colourIndex(const std::string& id) const;     ///< the same for a run as long as the model lives
    bool isChecked(const std::string& id) const { return m_checked.contains(id); }
    void setChecked(const std::string& id, bool checked);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    static QString stateText(RunState state);

Q_SIGNALS:
    void checkedChanged(const std::string& id, bool checked);
    void renameRequested(const std::string& id, const QString& name);
    void orderChanged();

private:
    struct Entry
    {
        RunRecord record;
        TrainingReport last; ///< the newest one; its `run` is empty before the first
    };
    void arrange(std::vector<Entry> entries);
    void assignColours(const std::vector<Entry>& entries);
    QVariant text(const Entry& entry, int column) const;
    QString help(const Entry& entry) const;
    static double progress(const Entry& entry);

    std::vector<Entry> m_entries;
    std::unordered_map<std::string, int> m_rows; ///< of the entries, by id
    std::vector<std::string> m_waiting;
    std::set<std::string> m_checked;
    std::map<std::string, int> m_colours;
};

} // namespace melscope
