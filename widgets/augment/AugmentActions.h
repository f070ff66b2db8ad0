// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QWidget;

namespace melscope {

/// What can be done with a preview, for tool bars and menus; the shortcuts hold where `owner` is seen, which owns them.
struct AugmentActions
{
    explicit AugmentActions(QWidget& owner);

    QAction* play;     ///< Space, checkable
    QAction* loop;     ///< L, checkable: the selection, or the whole clip
    QAction* flip;     ///< X: before or after
    QAction* match;    ///< checkable: both equally loud
    QAction* fit;      ///< F
    QAction* zoomIn;   ///< Ctrl++
    QAction* zoomOut;  ///< Ctrl+-
    QAction* nextClip;     ///< N
    QAction* previousClip; ///< P
};

} // namespace melscope
