// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QWidget;

namespace melscope {

/// What the keyboard does on the page about tokens; owned by and added to `owner`.
struct TokenActions
{
    explicit TokenActions(QWidget& owner);

    QAction* play;
    QAction* loop;
    QAction* fit;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* nextClip;
    QAction* previousClip;
};

} // namespace melscope
