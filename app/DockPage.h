// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

namespace melscope {

/// A page of the window whose middle stays and whose other parts are docks that can be moved, floated and hidden.
class DockPage : public QMainWindow
{
    Q_OBJECT

public:
    explicit DockPage(QWidget* parent = nullptr);

    QList<QAction*> dockActions() const; ///< show and hide, in the order in which the docks were added
    virtual void arrangeDocks() = 0;     ///< the first layout, where none is remembered; once the window has its size

protected:
    /// `name` keeps the dock's place in saveState().
    QDockWidget* addDock(const QString& title, const QString& name, QWidget* widget, Qt::DockWidgetArea area);

private:
    QList<QDockWidget*> m_docks;
};

} // namespace melscope
