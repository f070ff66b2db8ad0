// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one door to qcustomplot.h: it uses signals, slots and foreach as words, which QT_NO_KEYWORDS takes away everywhere else.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
