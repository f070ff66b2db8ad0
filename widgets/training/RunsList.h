// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTableView;

namespace melscope {

class RunsModel;

/// All runs with a tick each: ticked ones are drawn, in the colour beside their name. Double-click or F2 renames.
class RunsList : public QWidget
{
    Q_OBJECT

public:
    explicit RunsList(RunsModel& model, QWidget* parent = nullptr);

private:
    QTableView* m_table;
};

} // namespace melscope
