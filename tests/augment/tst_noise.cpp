// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/ColouredNoise.h"
#include "spectral/FftPlan.h"

#include <QtTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace melscope;

class TestNoise : public QObject
{
    Q_OBJECT

private:
    static constexpr size_t second = 44100;

    /// Mean power of the bins of Hann-windowed frames of 4,096 samples.
    static std::vector<double> spectrumOf(const std::vector<float>& samples)
    {
        constexpr int size = 4096;
        const FftPlan plan(size);
        std::vector<double> mean(static_cast<size_t>(plan.bins()));
        std::vector<float> power(static_cast<size_t>(plan.stride()));
        for (size_t first = 0; first + size <= samples.size(); first += size / 2) {
            const std::span<float> frame = plan.buffers().frame.first(size);
            for (size_t i = 0; i < size; ++i)
                frame[i] = samples[first + i] * static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / size));
            plan.power(frame, power.data());
            std::transform(mean.begin(), mean.end(), power.begin(), mean.begin(), [](double sum, float value) { return sum + static_cast<double>(value); });
        }
        return mean;
    }

    /// dB of the mean power of the bins within a half octave above `hz`.
    static double bandLevel(const std::vector<double>& spectrum, double hz, int rate)
    {
        const double bin = rate / 4096.0;
        const auto first = static_cast<size_t>(std::ceil(hz / bin));
        const auto end = static_cast<size_t>(std::ceil(hz * std::numbers::sqrt2 / bin));
        return 10.0 * std::log10(std::accumulate(spectrum.begin() + static_cast<std::ptrdiff_t>(first),
                                                 spectrum.begin() + static_cast<std::ptrdiff_t>(end), 0.0) / static_cast<double>(end - first));
    }

private Q_SLOTS:
    void everyColourHasItsSlope_data()
    {
        QTest::addColumn<int>("colour");
        QTest::addColumn<double>("slope");
        QTest::addColumn<int>("rate");
        for (const int rate : {16000, 44100})
            for (const auto& [colour, slope] : {std::pair(0, 0.0), std::pair(1, -3.0103), std::pair(2, -6.0206), std::pair(3, 3.0103), std::pair(4, 6.0206)})
                QTest::addRow("%s, %d Hz", noiseColourNames()[static_cast<size_t>(colour)].c_str(), rate) << colour << slope << rate;
    }
    void everyColourHasItsSlope()
    {
        QFETCH(const int, colour);
        QFETCH(const double, slope);
        QFETCH(const int, rate);
        RandomStream random({.seed = 9});
        const std::vector<double> spectrum = spectrumOf(colouredNoise(static_cast<NoiseColour>(colour), 60 * second, rate, random));
        // A straight line on a logarithmic axis, from 150 Hz to half the rate: at every half octave, and over all.
        const double low = bandLevel(spectrum, 150.0, rate);
        double worst = 0.0, octaves = 0.0, last = low;
        for (double hz = 150.0; hz * std::numbers::sqrt2 < rate / 2.0; hz *= std::numbers::sqrt2) {
            octaves = std::log2(hz / 150.0);
            last = bandLevel(spectrum, hz, rate);
            worst = std::max(worst, std::abs(last - low - slope * octaves));
        }
        QVERIFY2(std::abs((last - low) / octaves - slope) < 0.1, qPrintable(QString::number((last - low) / octaves)));
        QVERIFY2(worst < 0.6, qPrintable(QString::number(worst)));
    }

    void itIsStationaryFromTheFirstSample()
    {
        // Over many short clips, every part of the clip is as loud as any other: brown noise that began at rest would not be.
        constexpr size_t length = 8000;
        constexpr size_t parts = 16; // of half a stretch each, so that joints lie in between
        std::vector<double> power(2 * parts);
        for (uint64_t clip = 0; clip < 400; ++clip) {
            RandomStream random({.seed = 1, .clip = clip});
            const std::vector<float> noise = colouredNoise(NoiseColour::Brown, length, 44100, random);
            for (size_t i = 0; i < length; ++i)
                power[i * 2 * parts / length] += static_cast<double>(noise[i]) * static_cast<double>(noise[i]);
        }
        const double mean = std::accumulate(power.begin(), power.end(), 0.0) / static_cast<double>(power.size());
        for (const double part : power)
            QVERIFY2(std::abs(10.0 * std::log10(part / mean)) < 1.0, qPrintable(QString::number(10.0 * std::log10(part / mean))));
    }

    void stretchesJoinWithoutASeam()
    {
        // Brown noise moves in small steps; a seam would be a jump of several deviations.
        RandomStream random({.seed = 5});
        const std::vector<float> noise = colouredNoise(NoiseColour::Brown, 16 * 1000, 44100, random);
        double largest = 0.0, squares = 0.0, level = 0.0;
        for (size_t i = 1; i < noise.size(); ++i) {
            const auto step = static_cast<double>(noise[i] - noise[i - 1]);
            squares += step * step;
            level += static_cast<double>(noise[i]) * static_cast<double>(noise[i]);
            largest = std::max(largest, std::abs(step));
        }
        const auto count = static_cast<double>(noise.size());
        QVERIFY(largest < 6.0 * std::sqrt(squares / count));
        QVERIFY(std::sqrt(level / count) > 10.0 * std::sqrt(squares / count)); // the jumps that would be
    }

    void anyLengthIsMade()
    {
        for (const size_t count : {size_t{0}, size_t{1}, size_t{15}, size_t{16}, size_t{17}, size_t{1001}}) {
            for (int colour = 0; colour < 5; ++colour) {
                RandomStream random({.seed = 3});
                const std::vector<float> noise = colouredNoise(static_cast<NoiseColour>(colour), count, 44100, random);
                QCOMPARE(noise.size(), count);
                QVERIFY(std::ranges::all_of(noise, [](float value) { return std::isfinite(value) && value != 0.0f; }));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestNoise)
#include "tst_noise.moc"
