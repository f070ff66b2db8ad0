// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/WaveformPyramid.h"
#include "spectrogram/WaveformRenderer.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace melscope;

namespace {

Waveform noise(SampleIndex length, int channels)
{
    std::mt19937 generator(7);
    std::uniform_real_distribution<float> uniform(-0.9F, 0.9F);
    Waveform waveform{8000, channels, std::vector<float>(static_cast<size_t>(length * channels))};
    for (float& sample : waveform.samples)
        sample = uniform(generator);
    return waveform;
}

int inkedRows(const QImage& image, int x)
{
    int rows = 0;
    for (int y = 0; y < image.height(); ++y)
        rows += qAlpha(image.pixel(x, y)) > 127 ? 1 : 0;
    return rows;
}

} // namespace

class TestWaveform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePyramidAgreesWithASearchThroughTheSamples()
    {
        const Waveform waveform = noise(20011, 2);
        const WaveformPyramid pyramid(waveform);
        std::mt19937 generator(3);
        std::uniform_int_distribution<SampleIndex> any(0, waveform.length());
        for (int trial = 0; trial < 500; ++trial) {
            SampleIndex first = any(generator), last = any(generator);
            if (first > last)
                std::swap(first, last);
            if (first == last)
                continue;
            const int channel = trial % 2;
            const auto samples = waveform.channel(channel).subspan(static_cast<size_t>(first), static_cast<size_t>(last - first));
            const auto [lowest, highest] = std::minmax_element(samples.begin(), samples.end());
            const Extremes found = pyramid.extremes(waveform, channel, first, last);
            QCOMPARE(found.lowest, *lowest);
            QCOMPARE(found.highest, *highest);
        }
    }

    void nothingIsZero()
    {
        const Waveform waveform = noise(100, 1);
        const Extremes beyond = WaveformPyramid(waveform).extremes(waveform, 0, 500, 600);
        QCOMPARE(beyond.lowest, 0.0F);
        QCOMPARE(beyond.highest, 0.0F);
    }

    void aSingleClickIsSeenInAMillionSamples()
    {
        Waveform waveform{8000, 1, std::vector<float>(1000000, 0.0F)};
        waveform.samples[654321] = 0.8F;
        const WaveformPyramid pyramid(waveform);
        const TimeWindow whole = TimeWindow::whole(waveform.seconds());
        const QImage image = WaveformRenderer().render(waveform, pyramid, whole, 200, 100);
        const int column = 654321 * 200 / 1000000;
        QVERIFY(inkedRows(image, column) >= 38);
        QVERIFY(inkedRows(image, column - 2) <= 2);
        QVERIFY(inkedRows(image, column + 2) <= 2);
    }

    void clippedSamplesHaveTheirOwnColour()
    {
        Waveform waveform{8000, 1, std::vector<float>(1000, 0.5F)};
        waveform.samples[500] = 1.0F;
        WaveformRenderer renderer;
        renderer.colour = Qt::green;
        renderer.clippedColour = Qt::red;
        const QImage image =
            renderer.render(waveform, WaveformPyramid(waveform), TimeWindow::whole(waveform.seconds()), 100, 101);
        QCOMPARE(image.pixelColor(50, 20), QColor(Qt::red));
        QCOMPARE(image.pixelColor(20, 25), QColor(Qt::green));
    }

    void channelsStandAboveEachOther()
    {
        Waveform waveform{8000, 2, std::vector<float>(2000, 0.0F)};
        std::fill(waveform.samples.begin() + 1000, waveform.samples.end(), 0.5F);
        const QImage image =
            WaveformRenderer().render(waveform, WaveformPyramid(waveform), TimeWindow::whole(waveform.seconds()), 10, 200);
        QVERIFY(qAlpha(image.pixel(5, 50)) > 0);   // first channel at its middle
        QVERIFY(qAlpha(image.pixel(5, 150)) == 0); // second not at its own
        QVERIFY(qAlpha(image.pixel(5, 125)) > 0);
    }
};

QTEST_GUILESS_MAIN(TestWaveform)
#include "tst_Waveform.moc"
