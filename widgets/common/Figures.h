// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Statistics.h"

#include <QString>

namespace melscope {

QString percentText(double share);             ///< "87.5 %"; a dash where it is not a number
QString intervalText(const Interval& interval); ///< "83.0 to 91.2"
QString timeText(double seconds); ///< as durationText(); a dash below zero

} // namespace melscope
