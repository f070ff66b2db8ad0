// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/DurationText.h"

#include <QCoreApplication>

#include <cmath>

namespace melscope {
namespace {

QString text(const char* sentence)
{
    return QCoreApplication::translate("DurationText", sentence);
}

} // namespace

QString durationText(double seconds)
{
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 60)
        return text(QT_TRANSLATE_NOOP("DurationText", "%1 s")).arg(whole);
    if (whole < 3600)
        return text(QT_TRANSLATE_NOOP("DurationText", "%1 min %2 s")).arg(whole / 60).arg(whole % 60);
    return text(QT_TRANSLATE_NOOP("DurationText", "%1 h %2 min")).arg(whole / 3600).arg(whole % 3600 / 60);
}

} // namespace melscope
