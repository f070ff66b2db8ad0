// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/SamplePump.h"

#include <QTest>

#include <numeric>

using namespace melscope;

namespace {

/// Sample i of channel c is i/1024 + c: every sample tells where it comes from, and floats hold it exactly.
std::shared_ptr<const Waveform> ramp(SampleIndex length, int channels)
{
    Waveform waveform{8000, channels, {}};
    for (int channel = 0; channel < channels; ++channel)
        for (SampleIndex i = 0; i < length; ++i)
            waveform.samples.push_back(static_cast<float>(i) / 1024.0F + static_cast<float>(channel));
    return std::make_shared<const Waveform>(waveform);
}

QList<float> readFloats(SamplePump& pump, qsizetype count)
{
    const QByteArray bytes = pump.read(count * static_cast<qsizetype>(sizeof(float)));
    QList<float> values(bytes.size() / static_cast<qsizetype>(sizeof(float)));
    std::memcpy(values.data(), bytes.constData(), static_cast<size_t>(bytes.size()));
    return values;
}

QList<float> rampFrom(int first, int last)
{
    QList<float> values;
    for (int i = first; i < last; ++i)
        values.append(static_cast<float>(i) / 1024.0F);
    return values;
}

} // namespace

class TestSamplePump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOnEverySampleUnchangedAndThenEnds()
    {
        SamplePump pump;
        pump.setSamples(ramp(1000, 1), 1);
        QCOMPARE(readFloats(pump, 300) + readFloats(pump, 5000), rampFrom(0, 1000));
        QVERIFY(pump.isFinished());
        QVERIFY(readFloats(pump, 10).isEmpty());
    }

    void exchangesTheClipAtTheSameSampleAndFadesOver()
    {
        constexpr int fade = 8000 / 200;
        const auto zeros = std::make_shared<const Waveform>(Waveform{8000, 1, std::vector<float>(1000, 0.0F)});
        SamplePump pump;
        pump.setSamples(ramp(1000, 1), 1);
        QCOMPARE(readFloats(pump, 300), rampFrom(0, 300));
        pump.exchange(zeros, 1.0F);
        QCOMPARE(pump.nextSample(), 300);
        QList<float> fading = readFloats(pump, fade / 2);
        fading += readFloats(pump, fade - fade / 2);
        for (int i = 0; i < fade; ++i) // linear, from nearly all of the old clip to nearly none
            QVERIFY(std::abs(fading[i] - static_cast<float>(300 + i) / 1024.0F * static_cast<float>(fade - i) / (fade + 1)) < 1e-6F);
        QCOMPARE(readFloats(pump, 5000), QList<float>(1000 - 300 - fade, 0.0F));
        QVERIFY(pump.isFinished());
    }

    void anExchangeBringsItsOwnGain()
    {
        SamplePump pump;
        pump.setSamples(ramp(1000, 1), 1);
        pump.exchange(ramp(1000, 1), 0.5F);
        readFloats(pump, 100);
        QCOMPARE(readFloats(pump, 1).front(), 0.5F * 100 / 1024.0F);
    }

    void interleavesStereo()
    {
        SamplePump pump;
        pump.setSamples(ramp(3, 2), 2);
        QCOMPARE(readFloats(pump, 6), (QList<float>{0.0F, 1.0F, 1 / 1024.0F, 1 + 1 / 1024.0F, 2 / 1024.0F, 1 + 2 / 1024.0F}));
    }

    void givesMonoToBothSidesAndAveragesStereoForOne()
    {
        SamplePump pump;
        pump.setSamples(ramp(2, 1), 2);
        QCOMPARE(readFloats(pump, 4), (QList<float>{0.0F, 0.0F, 1 / 1024.0F, 1 / 1024.0F}));
        pump.setSamples(ramp(2, 2), 1);
        QCOMPARE(readFloats(pump, 2), (QList<float>{0.5F, 0.5F + 1 / 1024.0F}));
    }

    void neverSplitsAFrameOfChannels()
    {
        SamplePump pump;
        pump.setSamples(ramp(10, 2), 2);
        QCOMPARE(pump.read(13).size(), 8);
        QCOMPARE(pump.nextSample(), 1);
    }

    void loopsWithoutASeam()
    {
        SamplePump pump;
        pump.setSamples(ramp(1000, 1), 1);
        pump.setLoop(SamplePump::Loop{100, 110});
        pump.seek(95);
        QCOMPARE(readFloats(pump, 30), rampFrom(95, 110) + rampFrom(100, 110) + rampFrom(100, 105));
        QVERIFY(!pump.isFinished());
    }

    void loopsTheWholeClip()
    {
        SamplePump pump;
        pump.setSamples(ramp(10, 1), 1);
        pump.setLoop(SamplePump::Loop{0, 10});
        QCOMPARE(readFloats(pump, 25), rampFrom(0, 10) + rampFrom(0, 10) + rampFrom(0, 5));
    }

    void returnsIntoTheLoopFromBehindIt()
    {
        SamplePump pump;
        pump.setSamples(ramp(20, 1), 1);
        pump.setLoop(SamplePump::Loop{2, 4});
        pump.seek(18);
        QCOMPARE(readFloats(pump, 6), rampFrom(18, 20) + rampFrom(2, 4) + rampFrom(2, 4));
    }

    void scalesByTheGainAndLimits()
    {
        SamplePump pump;
        pump.setSamples(std::make_shared<const Waveform>(Waveform{8000, 1, {0.25F, -0.5F, 0.75F}}), 1);
        pump.setGain(2.0F);
        QCOMPARE(readFloats(pump, 3), (QList<float>{0.5F, -1.0F, 1.0F}));
    }

    void tellsWhichSampleIsHeardThroughSeeksAndLoops()
    {
        SamplePump pump;
        pump.setSamples(ramp(1000, 1), 1);
        pump.seek(500);
        pump.restartClock();
        readFloats(pump, 100);
        pump.setLoop(SamplePump::Loop{10, 20});
        pump.seek(15);
        readFloats(pump, 12); // 15-19, 10-16
        QCOMPARE(pump.sampleAfter(0), 500);
        QCOMPARE(pump.sampleAfter(99), 599);
        QCOMPARE(pump.sampleAfter(100), 15);
        QCOMPARE(pump.sampleAfter(104), 19);
        QCOMPARE(pump.sampleAfter(105), 10);
        QCOMPARE(pump.sampleAfter(112), 17);
        QCOMPARE(pump.sampleAfter(100000), 17); // a clock that runs ahead cannot pass what was read
    }
};

QTEST_GUILESS_MAIN(TestSamplePump)
#include "tst_SamplePump.moc"
