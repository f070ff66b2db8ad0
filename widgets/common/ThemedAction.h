// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

class QAction;
class QWidget;

namespace melscope {

/// An action with one of the themed icons, owned by and added to `owner`: its shortcut holds in the window while `owner` is
/// seen. The tool tip is `help` with the keys.
QAction* themedAction(QWidget& owner, const QString& icon, const QString& text, const QString& help, const QKeySequence& keys = {});

} // namespace melscope
