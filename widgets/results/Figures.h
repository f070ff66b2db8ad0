// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/Statistics.h"

#include <QString>

namespace melscope {

QString percentText(double share);             ///< "87.5 %"; a dash where it is not a number
QString intervalText(const Interval& interval); ///< "83.0 to 91.2"
QString durationText(double seconds);          ///< "42 s", "12 min", "1 h 40 min"; a dash below zero

} // namespace melscope
