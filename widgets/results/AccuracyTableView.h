// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class QMenu;
class QSettings;

namespace melscope {

class AccuracyTableModel;

/// The accuracy table as a table: as high as its rows but no more than nine, one row chosen at a time. A click on a heading sorts, a right click there
/// chooses columns; a right click on a row offers to make it the baseline. Buttons of its page do the same.
class AccuracyTableView : public QTableView
{
    Q_OBJECT

public:
    explicit AccuracyTableView(AccuracyTableModel& model, QWidget* parent = nullptr);

    /// Which columns are shown and what is sorted by, over the end of the program. Columns that the settings do not know keep their way.
    void remember(QSettings& settings) const;
    void recall(const QSettings& settings);

    void addColumns(QMenu& menu); ///< an entry a column, ticked where it is shown
    bool canBeBaseline() const;   ///< the chosen row has a result and is not the baseline yet
    void requestBaseline();       ///< the chosen row

    QSize sizeHint() const override;

Q_SIGNALS:
    void baselineRequested(int row);

private:
    void fitColumns();
    void chooseColumns(const QPoint& position);
    void offerBaseline(const QPoint& position);
};

} // namespace melscope
