// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/Figures.h"

#include "common/DurationText.h"
#include "common/NumberText.h"

#include <QCoreApplication>

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
    return std::isfinite(share) ? numberText(share * 100.0, 1) + QStringLiteral(" %") : dash();
}

QString intervalText(const Interval& interval)
{
    return QCoreApplication::translate("Figures", "%1 to %2").arg(numberText(interval.low * 100.0, 1), numberText(interval.high * 100.0, 1));
}

QString timeText(double seconds)
{
    return seconds >= 0.0 ? durationText(seconds) : dash();
}

} // namespace melscope
