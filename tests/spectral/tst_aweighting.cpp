// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/AWeighting.h"
#include "support/Signals.h"

#include <QtTest>

#include <cmath>

using namespace melscope;
using namespace melscope::test;

class TestAWeighting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCurveIsThatOfTheStandard_data()
    {
        QTest::addColumn<double>("hz");
        QTest::addColumn<double>("decibels");
        // IEC 61672-1, table 3, at the exact frequencies 1000 * 10^(n/10) of its nominal ones.
        const std::pair<int, double> table[] = {{-15, -39.4}, {-12, -26.2}, {-10, -19.1}, {-9, -16.1}, {-6, -8.6}, {-3, -3.2}, {0, 0.0},
                                                {3, 1.2},     {6, 1.0},     {9, -1.1},    {10, -2.5},  {12, -6.6}, {13, -9.3}};
        for (const auto& [n, decibels] : table) {
            const double hz = 1000.0 * std::pow(10.0, n / 10.0);
            QTest::addRow("%.0f Hz", hz) << hz << decibels;
        }
    }
    void theCurveIsThatOfTheStandard()
    {
        QFETCH(const double, hz);
        QFETCH(const double, decibels);
        QVERIFY2(std::abs(aWeighting(hz) - decibels) <= 0.051, qPrintable(QString::number(aWeighting(hz))));
    }

    void directCurrentIsNotHeard() { QCOMPARE(aWeighting(0.0), -std::numeric_limits<double>::infinity()); }

    void aSinesLevelIsItsPowerAndItsWeight_data()
    {
        QTest::addColumn<int>("rate");
        QTest::addColumn<double>("hz");
        QTest::addColumn<double>("weight");
        for (const int rate : {8000, 16000, 22050, 32000, 44100, 48000}) {
            QTest::addRow("1 kHz at %d Hz", rate) << rate << 1000.0 << 0.0;
            QTest::addRow("100 Hz at %d Hz", rate) << rate << 100.0 << -19.1;
        }
        QTest::addRow("10 kHz at 44100 Hz") << 44100 << 10000.0 << -2.5;
    }
    void aSinesLevelIsItsPowerAndItsWeight()
    {
        QFETCH(const int, rate);
        QFETCH(const double, hz);
        QFETCH(const double, weight);
        const AWeightedMeter meter(rate);
        const auto length = static_cast<size_t>(rate);
        const double fullScale = meter.level(sine(hz, rate, length));
        // The window spreads a low tone over bins that the curve weighs differently.
        const double tolerance = hz < 500.0 ? 0.4 : 0.06;
        QVERIFY2(std::abs(fullScale - (weight - 10.0 * std::log10(2.0))) < tolerance, qPrintable(QString::number(fullScale)));
        QVERIFY(std::abs(meter.level(sine(hz, rate, length, 0.1)) - (fullScale - 20.0)) < 0.001);
    }

    void theLoudestMomentDecides()
    {
        const AWeightedMeter meter(44100);
        const std::vector<float> tone = sine(1000.0, 44100, 44100);
        std::vector<float> padded(5 * tone.size());
        std::ranges::copy(tone, padded.begin() + 100000);
        QVERIFY(std::abs(meter.level(padded) - meter.level(tone)) < 0.01);
        std::vector<float> atTheEnd(5 * tone.size() + 1234);
        std::ranges::copy(tone, atTheEnd.end() - static_cast<ptrdiff_t>(tone.size()));
        QVERIFY(std::abs(meter.level(atTheEnd) - meter.level(tone)) < 0.01);
    }

    void silenceHasNoLevel()
    {
        const AWeightedMeter meter(44100);
        QVERIFY(std::isinf(meter.level(std::vector<float>(44100))));
        QVERIFY(std::isinf(meter.level({})));
    }

    void clipsShorterThanAWindowHaveOne()
    {
        const AWeightedMeter meter(44100);
        QVERIFY(std::isfinite(meter.level(sine(1000.0, 44100, 500))));
        QVERIFY(std::abs(meter.level(sine(1000.0, 44100, 4096)) + 3.01) < 0.06);
    }
};

QTEST_APPLESS_MAIN(TestAWeighting)
#include "tst_aweighting.moc"
