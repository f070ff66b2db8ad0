// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/Figures.h"

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

QString durationText(double seconds)
{
    if (!(seconds >= 0.0))
        return dash();
    if (seconds < 120.0)
        return QCoreApplication::translate("Figures", "%1 s").arg(qRound(seconds));
    const int minutes = qRound(seconds / 60.0);
    if (minutes < 120)
        return QCoreApplication::translate("Figures", "%1 min").arg(minutes);
    return QCoreApplication::translate("Figures", "%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

} // namespace melscope
