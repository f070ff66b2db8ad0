// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/CurveDecimator.h"
#include "plot/CurveSeries.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace melscope;

namespace {

std::vector<double> noise(size_t count, unsigned seed)
{
    std::mt19937 generator(seed);
    std::vector<double> values(count);
    for (double& value : values)
        value = static_cast<double>(generator()) / 4294967296.0;
    return values;
}

} // namespace

class TestCurveDecimator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void extremesAreThoseOfBruteForce()
    {
        const std::vector<double> values = noise(5000, 1);
        CurveDecimator decimator;
        for (const double value : values)
            decimator.append(value);
        std::mt19937 generator(2);
        for (int i = 0; i < 3000; ++i) {
            const size_t first = generator() % values.size();
            const size_t last = first + 1 + generator() % (values.size() - first);
            const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first), end = values.begin() + static_cast<std::ptrdiff_t>(last);
            const auto found = decimator.extremes(first, last);
            QCOMPARE(values[found.lowest], *std::min_element(begin, end));
            QCOMPARE(values[found.highest], *std::max_element(begin, end));
            QVERIFY(found.lowest >= first && found.lowest < last && found.highest >= first && found.highest < last);
        }
    }

    void everyColumnKeepsItsLowestAndHighest_data()
    {
        QTest::addColumn<bool>("uneven");
        QTest::newRow("even x") << false;
        QTest::newRow("x in bursts") << true;
    }

    void everyColumnKeepsItsLowestAndHighest()
    {
        QFETCH(bool, uneven);
        const size_t count = 40'000;
        const int columns = 300;
        const std::vector<double> values = noise(count, 3);
        std::vector<double> x(count);
        for (size_t i = 0; i < count; ++i)
            x[i] = uneven ? std::pow(static_cast<double>(i) / count, 3.0) * 100.0 : static_cast<double>(i) * 100.0 / count;
        CurveDecimator decimator;
        for (const double value : values)
            decimator.append(value);
        const double from = 20.0, to = 90.0, width = (to - from) / columns;
        const std::vector<size_t> kept = decimator.visible(x, from, to, columns);
        QVERIFY(std::is_sorted(kept.begin(), kept.end()));
        QVERIFY(kept.size() <= 4u * (columns + 2));
        const auto extremesByColumn = [&](auto indexOf, size_t points) {
            std::vector<std::pair<double, double>> result(columns, {2.0, -1.0});
            for (size_t i = 0; i < points; ++i) {
                const size_t index = indexOf(i);
                const auto column = static_cast<int>(std::floor((x[index] - from) / width));
                if (x[index] < from || column >= columns)
                    continue;
                auto& [low, high] = result[static_cast<size_t>(column)];
                low = std::min(low, values[index]);
                high = std::max(high, values[index]);
            }
            return result;
        };
        const auto all = extremesByColumn([](size_t i) { return i; }, count);
        const auto drawn = extremesByColumn([&](size_t i) { return kept[i]; }, kept.size());
        // A point on the very edge of a column may round into its neighbour: those two together hold the same extremes.
        int differing = 0;
        for (size_t column = 0; column < all.size(); ++column)
            differing += all[column] != drawn[column] ? 1 : 0;
        QVERIFY2(differing <= 2, qPrintable(QString::number(differing)));
    }

    void oneHighPeakAmongAMillionIsKept()
    {
        CurveDecimator decimator;
        std::vector<double> x;
        const size_t count = 1'000'000, peak = 777'777;
        for (size_t i = 0; i < count; ++i) {
            decimator.append(i == peak ? 9.0 : 1.0);
            x.push_back(static_cast<double>(i));
        }
        const auto kept = decimator.visible(x, 0.0, static_cast<double>(count), 500);
        QVERIFY(std::find(kept.begin(), kept.end(), peak) != kept.end());
        QVERIFY(kept.size() < 2100);
    }

    void fewPointsAreAllKeptWithANeighbourBeyondEachEnd()
    {
        CurveDecimator decimator;
        const std::vector<double> x{0, 1, 2, 3, 4, 5};
        for (const double value : x)
            decimator.append(value);
        QCOMPARE(decimator.visible(x, 1.5, 3.5, 100), (std::vector<size_t>{1, 2, 3, 4}));
        QVERIFY(decimator.visible(x, 3.0, 3.0, 100).empty());
    }

    void smoothingIsTheUnbiasedMovingAverage()
    {
        CurveSeries series;
        series.setSmoothing(0.9);
        const std::vector<double> values = noise(200, 4);
        for (size_t i = 0; i < values.size(); ++i)
            QVERIFY(series.append({.step = static_cast<double>(i), .epoch = static_cast<double>(i), .value = values[i]}));
        while (!series.smoothUpTo(7)) {
        }
        for (size_t i = 0; i < values.size(); ++i) {
            double sum = 0.0, weights = 0.0;
            for (size_t j = 0; j <= i; ++j) {
                const double weight = std::pow(0.9, static_cast<double>(i - j));
                sum += weight * values[j];
                weights += weight;
            }
            QVERIFY(std::abs(series.smoothed().values()[i] - sum / weights) < 1e-12);
        }
    }

    void whatIsNoNumberOrComesTwiceIsLeftOut()
    {
        CurveSeries series;
        QVERIFY(series.append({.step = 1, .epoch = 1, .value = 0.5}));
        QVERIFY(!series.append({.step = 2, .epoch = 2, .value = std::nan("")}));
        QVERIFY(!series.append({.step = 1, .epoch = 1, .value = 0.7}));
        QVERIFY(series.append({.step = 3, .epoch = 3, .value = 0.4}));
        QCOMPARE(series.size(), size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestCurveDecimator)
#include "tst_CurveDecimator.moc"
