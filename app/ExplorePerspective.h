// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <QMainWindow>

#include <memory>

namespace melscope {

class ClipPage;
class DatasetPage;

/// Clips on one side, the chosen one on the other; everything but the picture is a dock that can be moved, floated and hidden.
class ExplorePerspective : public QMainWindow
{
    Q_OBJECT

public:
    explicit ExplorePerspective(QWidget* parent = nullptr);

    DatasetPage& datasetPage() { return *m_datasetPage; }
    ClipPage& clipPage() { return *m_clipPage; }
    QList<QAction*> dockActions() const;
    void arrangeDocks(); ///< the first layout, where none is remembered; once the window has its size

    void setDataset(const std::shared_ptr<const Dataset>& dataset);
    void showClip(int index); ///< -1: none

private:
    QDockWidget* addDock(const QString& title, const QString& name, QWidget* widget, Qt::DockWidgetArea area);

    std::shared_ptr<const Dataset> m_dataset;
    DatasetPage* m_datasetPage;
    ClipPage* m_clipPage;
    QList<QDockWidget*> m_docks;
    QDockWidget* m_clipsDock;
    QDockWidget* m_overviewDock;
    QDockWidget* m_settingsDock;
};

} // namespace melscope
