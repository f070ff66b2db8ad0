// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/Figures.h"

#include "common/DurationText.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace melscope {
namespace {

QString dash()
{
    return QStringLiteral("–");
}

} // namespace

QString percentText(double share)
{
    return std::isfinite(share) ? QLocale().toString(share * 100.0, 'f', 1) + QStringLiteral(" %") : dash();
}

QString intervalText(const Interval& interval)
{
    const QLocale locale;
    return QCoreApplication::translate("Figures", "%1 to %2")
        .arg(locale.toString(interval.low * 100.0, 'f', 1), locale.toString(interval.high * 100.0, 'f', 1));
}

QString timeText(double seconds)
{
    return seconds >= 0.0 ? durationText(seconds) : dash();
}

} // namespace melscope
