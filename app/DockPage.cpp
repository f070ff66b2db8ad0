// SPDX-License-Identifier: GPL-3.0-or-later
#include "DockPage.h"

#include <QAction>
#include <QDockWidget>
#include <QTimer>

#include <utility>

namespace melscope {

DockPage::DockPage(QWidget* parent) : QMainWindow(parent)
{
    setWindowFlags(Qt::Widget);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
}

QDockWidget* DockPage::addDock(const QString& title, const QString& name, QWidget* widget, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title);
    dock->setObjectName(name);
    dock->setWidget(widget);
    addDockWidget(area, dock);
    m_docks.append(dock);
    return dock;
}

QList<QAction*> DockPage::dockActions() const
{
    QList<QAction*> actions;
    for (const QDockWidget* dock : m_docks)
        actions.append(dock->toggleViewAction());
    return actions;
}

void DockPage::restoreOrArrange(const QByteArray& state)
{
    m_unarranged = !restoreState(state);
}

void DockPage::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_unarranged, false))
        QTimer::singleShot(0, this, &DockPage::arrangeDocks);
}

} // namespace melscope
