// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "MainWindow.h"

#include <QObject>

class QAction;
class QMenu;

namespace melscope {

/// The window's menus. Those of a perspective can be used where that is seen: their keys mean something else elsewhere.
class MainMenus : public QObject
{
    Q_OBJECT

public:
    /// Builds them into the menu bar of `window`, whose child this is. `perspectives`: the actions that lead to these.
    MainMenus(MainWindow& window, const QList<QAction*>& perspectives);

    void follow(MainWindow::Perspective perspective);

private:
    void buildFile();
    void buildView(const QList<QAction*>& perspectives);
    void buildClip();
    void buildAugment();
    void buildTokens();
    void buildHelp();
    void showRecent(const QStringList& paths);

    MainWindow& m_window;
    QMenu *m_recent, *m_clip, *m_draw, *m_token;
};

} // namespace melscope
