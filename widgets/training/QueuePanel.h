// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>

class QAction;
class QSortFilterProxyModel;
class QTableView;

namespace melscope {

class RunsModel;

/// The running run and those that wait, with what can be done to them. What a button can do follows the chosen run's state;
/// without a choice it means the running one.
class QueuePanel : public QWidget
{
    Q_OBJECT

public:
    explicit QueuePanel(RunsModel& model, QWidget* parent = nullptr);

    std::string current() const; ///< id of the chosen run, else of the first one; empty without runs
    void choose(const std::string& id);

Q_SIGNALS:
    void pauseRequested();
    void continueRequested();
    void stopRequested(const std::string& id);
    void resumeRequested(const std::string& id);
    void removeRequested(const std::string& id);
    void moveRequested(const std::string& id, int position);

private:
    QAction* addButton(const char* name, const QString& text, const QString& icon, const QString& help);
    void updateButtons();
    void rememberChoice();

    RunsModel& m_model;
    QSortFilterProxyModel* m_unfinished;
    QTableView* m_table;
    std::string m_chosen;
    QAction *m_pause, *m_continue, *m_stop, *m_resume, *m_up, *m_down, *m_remove;
};

} // namespace melscope
