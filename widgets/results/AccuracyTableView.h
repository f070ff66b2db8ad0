// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace melscope {

class AccuracyTableModel;

/// The accuracy table as a table: as high as its rows, one row chosen at a time.
class AccuracyTableView : public QTableView
{
    Q_OBJECT

public:
    explicit AccuracyTableView(AccuracyTableModel& model, QWidget* parent = nullptr);

    QSize sizeHint() const override;

private:
    void fitColumns();
};

} // namespace melscope
