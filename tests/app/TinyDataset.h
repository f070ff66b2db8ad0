// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// Three classes (low tone, high tone, noise) of 8 clips in four folds, half a second at 8 kHz, in the ESC-50 layout:
/// small enough that a fold trains in seconds. With `leak`, one source has clips of one class in two folds.
void writeTinyDataset(const QString& folder, bool leak = false);

/// --set options that make a recipe fit it.
QStringList tinySettings(int epochs);
