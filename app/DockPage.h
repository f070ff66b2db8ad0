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
    /// The layout of saveState(); where it is none, arrangeDocks() as soon as the page is seen and has its size.
    void restoreOrArrange(const QByteArray& state);

protected:
    virtual void arrangeDocks() = 0; ///< the first layout
    /// `name` keeps the dock's place in saveState().
    QDockWidget* addDock(const QString& title, const QString& name, QWidget* widget, Qt::DockWidgetArea area);
    void showEvent(QShowEvent* event) override;

private:
    QList<QDockWidget*> m_docks;
    bool m_unarranged = false;
};

} // namespace melscope
