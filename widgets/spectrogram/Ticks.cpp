// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/Ticks.h"

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

Ticks withStep(double low, double high, double step)
{
    Ticks ticks{step, {}};
    const auto first = static_cast<qint64>(std::ceil(low / step - 1e-9));
    const auto last = static_cast<qint64>(std::floor(high / step + 1e-9));
    for (qint64 i = first; i <= last; ++i)
        ticks.values.append(static_cast<double>(i) * step);
    return ticks;
}

} // namespace

Ticks Ticks::linear(double low, double high, int most)
{
    if (!(high > low) || most < 1)
        return {};
    const double least = (high - low) / most;
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least)
            return withStep(low, high, factor * power);
    return withStep(low, high, 10.0 * power);
}

Ticks Ticks::time(double start, double end, int most)
{
    const double least = most > 0 ? (end - start) / most : 0.0;
    for (const double step : {10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0})
        if (least > 5.0 && step >= least)
            return withStep(start, end, step);
    return linear(start, end, most);
}

QString timeText(double seconds, double step)
{
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(std::max(step, 1e-6)) - 1e-9)), 0, 6);
    if (seconds < 60.0)
        return QString::number(seconds, 'f', decimals);
    const auto minutes = static_cast<int>(seconds / 60.0);
    const QString rest = QString::number(seconds - 60.0 * minutes, 'f', decimals);
    return QStringLiteral("%1:%2").arg(minutes).arg(rest, decimals > 0 ? decimals + 3 : 2, QLatin1Char('0'));
}

QString frequencyText(double hz)
{
    if (hz < 1000.0)
        return QString::number(hz, 'g', 4);
    return QString::number(hz / 1000.0, 'g', 4) + QLatin1Char('k');
}

} // namespace melscope
