// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/Loudness.h"
#include "support/Signals.h"

#include <QTest>

#include <cmath>

using namespace melscope;

class TestLoudness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSineAtFullScaleIsThreeBelowZero_data()
    {
        QTest::addColumn<int>("rate");
        for (const int rate : {16000, 22050, 44100, 48000, 96000})
            QTest::addRow("%d Hz", rate) << rate;
    }

    void aSineAtFullScaleIsThreeBelowZero()
    {
        QFETCH(int, rate);
        // BS.1770-4: a 997 Hz sine at 0 dB FS in one channel reads -3.01.
        const double lufs = integratedLoudness(test::sine(997.0, rate, static_cast<size_t>(3 * rate)), rate);
        QVERIFY2(std::abs(lufs + 3.01) < 0.05, qPrintable(QString::number(lufs)));
    }

    void itCountsInDecibels()
    {
        const double loud = integratedLoudness(test::sine(997.0, 48000, 96000, 0.5), 48000);
        const double quiet = integratedLoudness(test::sine(997.0, 48000, 96000, 0.05), 48000);
        QVERIFY2(std::abs(loud - quiet - 20.0) < 0.001, qPrintable(QString::number(loud - quiet)));
    }

    void lowTonesCountLessAndHighOnesMore()
    {
        const auto at = [](double hz) { return integratedLoudness(test::sine(hz, 48000, 96000, 0.5), 48000); };
        QVERIFY(at(30.0) < at(997.0) - 4.0);
        QVERIFY2(std::abs(at(10000.0) - at(997.0) - 3.3) < 0.3, qPrintable(QString::number(at(10000.0) - at(997.0)))); // the head's shelf
    }

    void silenceAroundASoundChangesNothing()
    {
        std::vector<float> sound = test::sine(997.0, 48000, 96000, 0.5);
        const double alone = integratedLoudness(sound, 48000);
        sound.resize(480000, 0.0F);
        QVERIFY2(std::abs(integratedLoudness(sound, 48000) - alone) < 0.7, qPrintable(QString::number(integratedLoudness(sound, 48000))));
    }

    void shortClipsHaveALoudness()
    {
        const double lufs = integratedLoudness(test::sine(997.0, 48000, 4800), 48000);
        QVERIFY2(std::abs(lufs + 3.01) < 0.3, qPrintable(QString::number(lufs)));
    }

    void silenceIsInfinitelyQuiet()
    {
        QVERIFY(std::isinf(integratedLoudness(std::vector<float>(48000, 0.0F), 48000)));
        QVERIFY(std::isinf(integratedLoudness({}, 48000)));
    }

    void matchedSoundsAreEquallyLoudAndStayInScale()
    {
        const std::vector<float> quiet = test::sine(997.0, 48000, 96000, 0.1);
        const std::vector<float> noise = test::noise(96000, 0.01);
        const Loudness a = measureLoudness(quiet, 48000);
        const Loudness b = measureLoudness(noise, 48000);
        for (const auto& [first, second] : {std::pair{a, b}, {b, a}}) {
            const LoudnessMatch match = matchLoudness(first, second);
            QVERIFY(std::abs(first.lufs + match.firstDb - second.lufs - match.secondDb) < 1e-9);
            QVERIFY(second.peakDb + match.secondDb <= 1e-9);
            QCOMPARE(match.firstDb, 0.0); // there is room for both
        }
        // A click among silence, as loud as a full-scale sine only far beyond full scale: both come down.
        std::vector<float> click(96000, 0.0F);
        click[48000] = 0.9F;
        const LoudnessMatch match = matchLoudness(measureLoudness(test::sine(997.0, 48000, 96000), 48000), measureLoudness(click, 48000));
        QVERIFY(match.firstDb < -3.0);
        QVERIFY(20.0 * std::log10(0.9) + match.secondDb <= 1e-6);
    }

    void silenceIsNotMatched()
    {
        const Loudness silence = measureLoudness(std::vector<float>(48000, 0.0F), 48000);
        const Loudness sine = measureLoudness(test::sine(997.0, 48000, 48000), 48000);
        QCOMPARE(matchLoudness(sine, silence), LoudnessMatch());
        QCOMPARE(matchLoudness(silence, sine), LoudnessMatch());
    }
};

QTEST_APPLESS_MAIN(TestLoudness)
#include "tst_loudness.moc"
