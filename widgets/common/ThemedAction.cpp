// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ThemedAction.h"

#include "common/ThemedIcon.h"

#include <QAction>
#include <QWidget>

namespace melscope {

QAction* themedAction(QWidget& owner, const QString& icon, const QString& text, const QString& help, const QKeySequence& keys)
{
    auto* action = new QAction(themedIcon(icon), text, &owner);
    action->setToolTip(keys.isEmpty() ? help : QStringLiteral("%1 (%2)").arg(help, keys.toString(QKeySequence::NativeText)));
    action->setShortcut(keys);
    owner.addAction(action);
    return action;
}

} // namespace melscope
