// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/NumberText.h"

#include <QLocale>

namespace melscope {

QString withMinus(QString number)
{
    return number.replace(QLatin1Char('-'), QChar(0x2212));
}

QString numberText(double value, int decimals)
{
    return withMinus(QLocale().toString(value, 'f', decimals));
}

} // namespace melscope
