// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace melscope {

/// A number that is shown, with a minus sign (U+2212) where it has a hyphen: "−23.4".
QString withMinus(QString number);

/// As QLocale has it, withMinus().
QString numberText(double value, int decimals);

} // namespace melscope
