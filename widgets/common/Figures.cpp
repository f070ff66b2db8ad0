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
    const auto text = [](double share) -> QString { return (share < 0.0 ? QStringLiteral("−") : QString()) + QLocale().toString(std::abs(share) * 100.0, 'f', 1); };
    return QCoreApplication::translate("Figures", "%1 to %2").arg(text(interval.low), text(interval.high));
}

QString timeText(double seconds)
{
    return seconds >= 0.0 ? durationText(seconds) : dash();
}

} // namespace melscope
