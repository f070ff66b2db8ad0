// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace melscope {

/// Round values for an axis from `low` to `high`: steps of 1, 2 or 5 times a power of ten (60 s upwards also 1, 2, 5, 10
/// minutes for time), at most `most` of them.
struct Ticks
{
    double step = 0.0;
    QList<double> values;

    static Ticks linear(double low, double high, int most);
    static Ticks time(double start, double end, int most);
};

/// Seconds as people read them, with as many decimals as `step` needs: "0.25", "3.0", "2:05".
QString timeText(double seconds, double step);
/// Hz as people read them: "440", "2k", "12.5k".
QString frequencyText(double hz);

} // namespace melscope
