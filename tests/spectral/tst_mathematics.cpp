// SPDX-License-Identifier: GPL-3.0-or-later
// Signals whose spectrum is known on paper.
#include "spectral/MelFilterbank.h"
#include "spectral/SpectrogramExtractor.h"
#include "support/Signals.h"

#include <QtTest>

#include <complex>
#include <map>
#include <numeric>
#include <thread>

using namespace melscope;
using namespace melscope::test;

namespace {

/// What the mel rows make of a few bins with the given power and no others.
std::vector<double> melOf(const FrontEnd& frontEnd, const std::map<int, double>& powerOfBin)
{
    std::vector<double> values;
    for (const MelRow& row : melFilterbank(frontEnd)) {
        double sum = 0.0;
        for (const auto& [bin, power] : powerOfBin)
            if (bin >= row.firstBin && bin < row.firstBin + int(row.weights.size()))
                sum += power * row.weights[size_t(bin - row.firstBin)];
        values.push_back(sum);
    }
    return values;
}

/// The largest difference of one frame from `expected`, relative to the largest expected value.
double worstDifference(const SpectrogramGrid& grid, FrameIndex frame, const std::vector<double>& expected)
{
    double worst = 0.0;
    for (int mel = 0; mel < grid.mels; ++mel)
        worst = std::max(worst, std::abs(grid.at(mel, frame) - expected[size_t(mel)]));
    return worst / *std::max_element(expected.begin(), expected.end());
}

/// Power of every bin of one frame by the definition of the Fourier transform, in double precision.
std::map<int, double> naivePower(const std::vector<double>& frame)
{
    std::map<int, double> power;
    const auto length = int64_t(frame.size());
    for (int64_t bin = 0; bin <= length / 2; ++bin) {
        std::complex<double> sum;
        for (int64_t i = 0; i < length; ++i)
            sum += frame[size_t(i)] * std::polar(1.0, -2.0 * std::numbers::pi * double(bin * i % length) / double(length));
        power[int(bin)] = std::norm(sum);
    }
    return power;
}

} // namespace

class TestMathematics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // A periodic Hann window of N samples has the transform N/2 at 0 and -N/4 at +-1 bin, and nothing elsewhere.
    void constantLightsBinsZeroAndOne()
    {
        const FrontEnd frontEnd;
        const SpectrogramGrid grid = SpectrogramExtractor(frontEnd).computePower(std::vector<float>(20000, 0.5f));
        const double n = frontEnd.nFft;
        const std::vector<double> expected = melOf(frontEnd, {{0, std::pow(0.5 * n / 2, 2)}, {1, std::pow(0.5 * n / 4, 2)}});
        for (FrameIndex frame = 0; frame < grid.frames; ++frame)
            QVERIFY(worstDifference(grid, frame, expected) < 1e-5);
    }

    void alternatingSignsLightNyquist()
    {
        // The highest triangle would give the bin at Nyquist no weight if it ended there.
        const FrontEnd frontEnd = FrontEnd().with({{"f_max", 22050}, {"pad", "none"}, {"mels", 64}});
        std::vector<float> samples(20000);
        for (size_t i = 0; i < samples.size(); ++i)
            samples[i] = i % 2 ? -0.5f : 0.5f;
        const SpectrogramGrid grid = SpectrogramExtractor(frontEnd).computePower(samples);
        const int half = frontEnd.nFft / 2;
        const std::vector<double> expected = melOf(frontEnd, {{half, std::pow(0.5 * 2 * half / 2, 2)}, {half - 1, std::pow(0.5 * 2 * half / 4, 2)}});
        QVERIFY(expected.back() > 0.0);
        QVERIFY(worstDifference(grid, 5, expected) < 1e-5);
    }

    void sineLightsThreeBins_data()
    {
        QTest::addColumn<int>("bin");
        for (const int bin : {2, 10, 93, 512, 1000, 1022})
            QTest::addRow("bin %d", bin) << bin;
    }
    void sineLightsThreeBins()
    {
        QFETCH(int, bin);
        const FrontEnd frontEnd = FrontEnd().with("pad", "none");
        const double n = frontEnd.nFft;
        const SpectrogramGrid grid = SpectrogramExtractor(frontEnd).computePower(sine(bin * 44100.0 / n, 44100, 20000, 0.8));
        const double tip = std::pow(0.8 * n / 4, 2);
        const std::vector<double> expected = melOf(frontEnd, {{bin - 1, tip / 4}, {bin, tip}, {bin + 1, tip / 4}});
        QVERIFY(worstDifference(grid, 0, expected) < 1e-4);
        QVERIFY(worstDifference(grid, 17, expected) < 1e-4);
    }

    void diracIsFlatAndNowhereElse()
    {
        const FrontEnd frontEnd;
        std::vector<float> samples(44100);
        samples[20 * 512] = 1.0f; // the centre of frame 20, where the window is 1
        const SpectrogramGrid grid = SpectrogramExtractor(frontEnd).computePower(samples);
        std::map<int, double> flat;
        for (int bin = 0; bin <= frontEnd.nFft / 2; ++bin)
            flat[bin] = 1.0;
        QVERIFY(worstDifference(grid, 20, melOf(frontEnd, flat)) < 1e-5);
        for (int mel = 0; mel < grid.mels; ++mel)
            for (FrameIndex frame = 0; frame < grid.frames; ++frame)
                if (std::abs(frame - 20) >= 2)
                    QCOMPARE(grid.at(mel, frame), 0.0f);
    }

    void anySizeAgreesWithTheDefinition_data()
    {
        QTest::addColumn<int>("nFft");
        for (const int nFft : {16, 17, 18, 63, 400, 401, 1000, 1023, 1024, 1026})
            QTest::addRow("%d", nFft) << nFft;
    }
    void anySizeAgreesWithTheDefinition()
    {
        QFETCH(int, nFft);
        const FrontEnd frontEnd = FrontEnd().with({{"n_fft", nFft}, {"win_length", nFft}, {"hop", 7}, {"mels", 5}, {"pad", "none"}});
        const std::vector<float> samples = noise(size_t(nFft) + 7 * 40);
        const SpectrogramGrid grid = SpectrogramExtractor(frontEnd).computePower(samples);
        QCOMPARE(grid.frames, FrameIndex(41));
        for (const FrameIndex frame : {0, 1, 15, 16, 33, 40}) {
            std::vector<double> windowed(static_cast<size_t>(nFft));
            for (size_t i = 0; i < windowed.size(); ++i)
                windowed[i] = samples[size_t(7 * frame) + i] * (0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * double(i) / nFft));
            QVERIFY(worstDifference(grid, frame, melOf(frontEnd, naivePower(windowed))) < 1e-5);
        }
    }

    void slaneyTrianglesHaveUnitArea()
    {
        for (const char* scale : {"htk", "slaney"}) {
            const FrontEnd frontEnd = FrontEnd().with({{"norm", "slaney"}, {"mel_scale", scale}, {"mels", 64}, {"n_fft", 8192}});
            const double binWidth = 44100.0 / frontEnd.nFft;
            int judged = 0;
            for (const MelRow& row : melFilterbank(frontEnd)) {
                if (row.weights.size() < 8)
                    continue;
                ++judged;
                QVERIFY(std::abs(std::accumulate(row.weights.begin(), row.weights.end(), 0.0) * binWidth - 1.0) < 0.02);
            }
            QVERIFY(judged > 50);
        }
    }

    void framesArePromisedExactly_data()
    {
        QTest::addColumn<QString>("preset");
        QTest::addColumn<QString>("pad");
        for (const char* pad : {"reflect", "zero", "none"})
            for (const char* preset : {"esc", "torchaudio"})
                QTest::addRow("%s %s", preset, pad) << QString::fromLatin1(preset) << QString::fromLatin1(pad);
        QTest::addRow("kaldi") << QStringLiteral("kaldi") << QStringLiteral("none");
        QTest::addRow("beats") << QStringLiteral("beats") << QStringLiteral("none");
    }
    void framesArePromisedExactly()
    {
        QFETCH(QString, preset);
        QFETCH(QString, pad);
        const FrontEnd frontEnd = FrontEnd::preset(preset.toStdString()).with("pad", pad.toStdString());
        const SpectrogramExtractor extractor(frontEnd);
        const int window = frontEnd.winLength;
        for (const int length : {1, 2, window / 2, window - 1, window, window + 1, window + frontEnd.hop - 1, window + frontEnd.hop, 30001}) {
            const SpectrogramGrid grid = extractor.compute(noise(size_t(length)));
            QCOMPARE(grid.frames, FrameIndex(frontEnd.framesOf(length)));
            QCOMPARE(grid.values.size(), size_t(grid.mels) * size_t(grid.frames));
            QVERIFY(std::all_of(grid.values.begin(), grid.values.end(), [](float v) { return std::isfinite(v); }));
        }
        // One more frame for every hop of whole frames inside the clip.
        const int inside = pad == QStringLiteral("none") ? window : window - 2 * (frontEnd.nFft / 2);
        for (int frames = 1; frames < 5; ++frames) {
            QCOMPARE(frontEnd.framesOf(inside + frames * frontEnd.hop), frames + 1);
            QCOMPARE(frontEnd.framesOf(inside + frames * frontEnd.hop - 1), frames);
        }
    }

    void decibelsAreTenLogarithmsOfPower()
    {
        const FrontEnd frontEnd;
        std::vector<float> samples = noise(44100);
        for (size_t i = 0; i < samples.size(); ++i)
            samples[i] *= static_cast<float>(std::pow(10.0, -6.0 * double(i) / 44100.0));
        const SpectrogramExtractor extractor(frontEnd);
        const SpectrogramGrid power = extractor.computePower(samples);
        const SpectrogramGrid decibels = extractor.compute(samples);
        const double loudest = 10.0 * std::log10(*std::max_element(power.values.begin(), power.values.end()));
        int cut = 0;
        for (size_t i = 0; i < power.values.size(); ++i) {
            const double expected = std::max(10.0 * std::log10(std::max(power.values[i], 1e-10f)), loudest - 80.0);
            QVERIFY(std::abs(decibels.values[i] - expected) < 1e-3);
            cut += expected == loudest - 80.0;
        }
        QVERIFY(cut > 0 && cut < int(power.values.size()) / 2);
    }

    void aFrameKnowsNeitherNeighboursNorThreads()
    {
        const FrontEnd frontEnd = FrontEnd().with({{"pad", "none"}, {"top_db", 0}});
        const SpectrogramExtractor extractor(frontEnd);
        const std::vector<float> samples = noise(60000);
        const SpectrogramGrid whole = extractor.compute(samples);
        const SpectrogramGrid later = extractor.compute(std::span(samples).subspan(5 * 512));
        for (int mel = 0; mel < whole.mels; ++mel)
            for (FrameIndex frame = 0; frame < later.frames; ++frame)
                QCOMPARE(later.at(mel, frame), whole.at(mel, frame + 5));
        std::vector<SpectrogramGrid> grids(4);
        {
            std::vector<std::jthread> threads;
            for (SpectrogramGrid& grid : grids)
                threads.emplace_back([&] { grid = extractor.compute(samples); });
        }
        for (const SpectrogramGrid& grid : grids)
            QVERIFY(grid == whole);
    }
};

QTEST_GUILESS_MAIN(TestMathematics)
#include "tst_mathematics.moc"
