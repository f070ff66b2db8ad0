// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/Resampler.h"
#include "support/ErrorOf.h"
#include "support/Signals.h"

#include <QtTest>

using namespace melscope;
using namespace melscope::test;

namespace {

/// Signal to noise of `samples` against `expected` in dB, away from both ends, beyond which the filter sees silence.
double signalToNoise(const std::vector<float>& samples, const std::vector<float>& expected)
{
    double signal = 0.0;
    double difference = 0.0;
    const size_t margin = samples.size() / 10;
    for (size_t i = margin; i + margin < samples.size(); ++i) {
        signal += double(expected[i]) * expected[i];
        difference += std::pow(double(samples[i]) - expected[i], 2.0);
    }
    return 10.0 * std::log10(signal / difference);
}

} // namespace

class TestWaveform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levelOfASine()
    {
        const Level level = measureLevel({48000, 1, sine(1000.0, 48000, 48000, 0.5)});
        QVERIFY(std::abs(level.peakDb - 20.0 * std::log10(0.5)) < 1e-3);
        QVERIFY(std::abs(level.rmsDb - 20.0 * std::log10(0.5 / std::numbers::sqrt2)) < 1e-3);
        QCOMPARE(level.clippedShare, 0.0);
    }

    void silenceIsInfinitelyQuiet()
    {
        for (const Waveform& silence : {Waveform{8000, 1, std::vector<float>(100)}, Waveform{8000, 1, {}}}) {
            const Level level = measureLevel(silence);
            QVERIFY(std::isinf(level.peakDb) && level.peakDb < 0.0);
            QVERIFY(std::isinf(level.rmsDb) && level.rmsDb < 0.0);
            QCOMPARE(level.clippedShare, 0.0);
        }
    }

    void clippingTakesThreeInARow()
    {
        const auto clipped = [](std::vector<float> samples, int channels = 1) {
            return measureLevel({8000, channels, std::move(samples)}).clippedShare;
        };
        QCOMPARE(clipped({1, 1, 0, -1, -1, 0, 1, 0, 0, 0}), 0.0);
        QCOMPARE(clipped({1, 1, 1, 0, 0, 0, 0, 0, 0, 0}), 0.3);
        QCOMPARE(clipped({0, 1, 1, 1, 1, 0, 1, 1, 1, 0}), 0.7);
        QCOMPARE(clipped({32767.0f / 32768, 32767.0f / 32768, 32767.0f / 32768, 0}), 0.75);
        QCOMPARE(clipped({0, 1, 1, 1, 1, 0}, 2), 0.0); // two at the end of one channel, two at the start of the next
    }

    void monoIsTheMean()
    {
        const Waveform mono = toMono({8000, 2, {1.0f, 0.0f, -1.0f, 0.0f, 0.5f, -1.0f}});
        QCOMPARE(mono.channels, 1);
        QCOMPARE(mono.samples, (std::vector<float>{0.5f, 0.25f, -1.0f}));
    }

    void fittingKeepsTheBeginning()
    {
        std::vector<float> samples{1, 2, 3};
        fitToLength(samples, 5);
        QCOMPARE(samples, (std::vector<float>{1, 2, 3, 0, 0}));
        fitToLength(samples, 2);
        QCOMPARE(samples, (std::vector<float>{1, 2}));
    }

    void equalRatesCopy()
    {
        const std::vector<float> samples = noise(1000);
        QVERIFY(resample(samples, 44100, 44100) == samples);
    }

    void lengthIsRounded_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        for (const auto& [from, to] : {std::pair{44100, 16000}, {16000, 44100}, {8000, 192000}, {192000, 8000}, {44100, 48000}, {48000, 22050}})
            QTest::addRow("%d to %d", from, to) << from << to;
    }
    void lengthIsRounded()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        for (const size_t length : {0, 1, 2, 3, 99, 1000, 44101, 220500}) {
            const size_t expected = (2 * length * size_t(to) + size_t(from)) / (2 * size_t(from));
            QCOMPARE(resample(std::vector<float>(length, 0.1f), from, to).size(), expected);
        }
    }

    void aSineStaysASine_data() { lengthIsRounded_data(); }
    void aSineStaysASine()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        const std::vector<float> converted = resample(sine(1000.0, from, size_t(from), 0.5), from, to);
        const double ratio = signalToNoise(converted, sine(1000.0, to, converted.size(), 0.5));
        QVERIFY2(ratio > 100.0, qPrintable(QStringLiteral("%1 dB").arg(ratio)));
    }

    void whatTheNewRateCannotHoldIsGone()
    {
        const std::vector<float> converted = resample(sine(10000.0, 44100, 44100, 0.5), 44100, 16000);
        double loudest = 0.0;
        for (size_t i = 1000; i + 1000 < converted.size(); ++i)
            loudest = std::max(loudest, std::abs(double(converted[i])));
        QVERIFY(loudest < 1e-5);
    }

    void channelsStayApart()
    {
        Waveform stereo{44100, 2, sine(500.0, 44100, 8820)};
        stereo.samples.resize(2 * stereo.samples.size());
        const Waveform converted = resample(stereo, 22050);
        QCOMPARE(converted.length(), SampleIndex(4410));
        QCOMPARE(converted.sampleRate, 22050);
        for (const float sample : converted.channel(1))
            QCOMPARE(sample, 0.0f);
        QVERIFY(measureLevel({22050, 1, {converted.channel(0).begin(), converted.channel(0).end()}}).rmsDb > -3.1);
    }

    void absurdRatesAreRefused()
    {
        for (const std::pair<int, int>& rates : {std::pair{0, 16000}, std::pair{16000, 0}, std::pair{-1, 16000}, std::pair{16000, 999}, std::pair{768001, 16000}}) {
            const auto error = errorOf([&] { resample(std::vector<float>(10), rates.first, rates.second); });
            QVERIFY(error && error->kind() == ErrorKind::InvalidValue);
        }
    }
};

QTEST_GUILESS_MAIN(TestWaveform)
#include "tst_waveform.moc"
