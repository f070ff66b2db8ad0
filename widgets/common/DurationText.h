// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace melscope {

/// "42 s", "2 min 5 s", "5 h 12 min"; for seconds of zero or more.
QString durationText(double seconds);

} // namespace melscope
