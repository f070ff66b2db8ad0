// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/DatasetModel.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace melscope {

class ClipThumbnails;

/// The clips of a dataset as a table with a search box, filters and the count of what they leave. One current clip;
/// N and P move to the next and previous (actions() holds them for a menu; they act in the whole window), Return or a double click activates. It stays current while rows are sorted and
/// filtered around it.
class ClipBrowser : public QWidget
{
    Q_OBJECT

public:
    explicit ClipBrowser(QWidget* parent = nullptr);

    DatasetModel* model() const { return m_model; }
    void setDataset(std::shared_ptr<const Dataset> dataset);

    int currentClip() const { return m_current; } ///< -1: none
    void setCurrentClip(int clip); ///< clears the filter where it hides the clip
    void selectNext();
    void selectPrevious();

    void setFilter(const ClipFilter& filter); ///< shows it in the controls as well
    void clearFilter() { setFilter({}); }
    void focusSearch();

Q_SIGNALS:
    void currentClipChanged(int clip);
    void clipActivated(int clip);
    void filterChanged(const melscope::ClipFilter& filter);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addFilters();
    void addTable();
    void addKeys();
    void fillFilters();
    void takeFilter();
    void takeCurrent(const QModelIndex& index);
    void restoreCurrent();
    void showCount();
    void sizeColumns();
    void requestThumbnails();
    void step(int rows);

    DatasetModel* m_model;
    ClipThumbnails* m_thumbnails;
    QLineEdit* m_search;
    QComboBox* m_class;
    QComboBox* m_fold;
    QCheckBox* m_problemsOnly;
    QLabel* m_count;
    QTableView* m_table;
    QTimer m_typing;    ///< a pause in typing starts the search
    QTimer m_scrolling; ///< thumbnails are asked for when the rows come to rest
    int m_current = -1;
    bool m_restoring = false;
};

} // namespace melscope
