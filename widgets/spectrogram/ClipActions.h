// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QWidget;

namespace melscope {

/// What can be done with the open clip, for tool bars and menus; the shortcuts hold for the whole window. Owned by the
/// page that made them.
struct ClipActions
{
    explicit ClipActions(QWidget& owner);

    QAction* play;      ///< Space, checkable
    QAction* loop;      ///< L, checkable: the selection, or the whole clip
    QAction* fit;       ///< F
    QAction* zoomIn;    ///< Ctrl++
    QAction* zoomOut;   ///< Ctrl+-
    QAction* modelsEye; ///< M, checkable
    QAction* save;      ///< Ctrl+S
};

} // namespace melscope
