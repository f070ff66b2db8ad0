// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QStringList>

namespace melscope {

/// An icon of resources/icons by its file name without ending, e.g. "play". It is drawn at the size and in the colours of
/// the moment (text, disabled text, selected text; accent where a button is checked), so it follows the theme by itself.
/// An unknown name gives an empty icon.
QIcon themedIcon(const QString& name);

/// The same in one given colour, e.g. the theme's warning colour (does not follow the theme).
QIcon themedIcon(const QString& name, const QColor& colour);

QStringList themedIconNames();

} // namespace melscope
