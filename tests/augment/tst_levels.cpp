// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/waveform/AdditiveNoise.h"
#include "augment/waveform/BackgroundMix.h"
#include "augment/waveform/BitCrush.h"
#include "augment/waveform/Gain.h"
#include "augment/waveform/HardClipping.h"
#include "augment/waveform/PolarityInversion.h"
#include "augment/waveform/TanhDistortion.h"
#include "support/Signals.h"

#include <QtTest>

#include <set>

using namespace melscope;

/// Waveform augmentations that change levels and shapes of samples, not their places.
class TestLevels : public QObject
{
    Q_OBJECT

private:
    static constexpr int rate = 44100;

    static std::vector<float> applied(const WaveformAugmentation& augmentation, std::vector<float> samples, uint64_t clip,
                                      const std::vector<float>& other = {})
    {
        RandomStream random({.seed = 2, .clip = clip});
        augmentation.apply(samples, {.sampleRate = rate, .drawClip = [&](RandomStream&) { return shareValues(other); }}, random);
        return samples;
    }

    static double level(const std::vector<float>& samples)
    {
        double squares = 0.0;
        for (const float sample : samples)
            squares += static_cast<double>(sample) * static_cast<double>(sample);
        return 10.0 * std::log10(squares / static_cast<double>(samples.size()));
    }

    static std::vector<float> difference(const std::vector<float>& after, const std::vector<float>& before)
    {
        std::vector<float> added(after.size());
        std::ranges::transform(after, before, added.begin(), std::minus<>());
        return added;
    }

private Q_SLOTS:
    void gainIsExactAndStaysInItsRange()
    {
        const std::vector<float> before = test::noise(1001);
        const std::vector<float> after = applied(Gain({{"min_gain", 20.0}, {"max_gain", 20.0}}), before, 0);
        for (size_t i = 0; i < before.size(); ++i)
            QCOMPARE(after[i], 10.0f * before[i]);
        const Gain drawn({{"min_gain", -12.0}, {"max_gain", 6.0}});
        double lowest = 100.0, highest = -100.0;
        for (uint64_t clip = 0; clip < 300; ++clip) {
            const double decibels = level(applied(drawn, {1.0f}, clip));
            lowest = std::min(lowest, decibels);
            highest = std::max(highest, decibels);
        }
        QVERIFY(lowest >= -12.001 && lowest < -11.0 && highest > 5.0 && highest <= 6.001);
    }

    void polarityTurnsEverySample()
    {
        QCOMPARE(applied(PolarityInversion({}), {0.25f, -1.5f, 0.0f}, 0), (std::vector<float>{-0.25f, 1.5f, 0.0f}));
    }

    void noiseHasTheRatioItWasAskedFor_data()
    {
        QTest::addColumn<QString>("colour");
        QTest::addColumn<double>("snr");
        for (const std::string colour : {"white", "pink", "brown", "blue", "violet", "random"})
            for (const double snr : {-10.0, 0.0, 17.5, 40.0})
                QTest::addRow("%s, %g dB", colour.c_str(), snr) << QString::fromStdString(colour) << snr;
    }
    void noiseHasTheRatioItWasAskedFor()
    {
        QFETCH(const QString, colour);
        QFETCH(const double, snr);
        const AdditiveNoise noise({{"colour", colour.toStdString()}, {"min_snr", snr}, {"max_snr", snr}});
        for (const size_t length : {size_t{5 * rate}, size_t{1000}, size_t{17}}) {
            const std::vector<float> before = test::sine(1000.0, rate, length, 0.5);
            const std::vector<float> added = difference(applied(noise, before, 5), before);
            QVERIFY2(std::abs(level(before) - level(added) - snr) < 0.1, qPrintable(QString::number(level(before) - level(added))));
        }
    }

    void everyRatioOfTheRangeIsDrawn()
    {
        const AdditiveNoise noise({{"colour", "white"}, {"min_snr", -6.0}, {"max_snr", 12.0}});
        const std::vector<float> before = test::sine(1000.0, rate, 4410);
        double lowest = 100.0, highest = -100.0;
        for (uint64_t clip = 0; clip < 300; ++clip) {
            const double snr = level(before) - level(difference(applied(noise, before, clip), before));
            lowest = std::min(lowest, snr);
            highest = std::max(highest, snr);
        }
        QVERIFY(lowest >= -6.1 && lowest < -5.5 && highest > 11.5 && highest <= 12.1);
    }

    void silenceIsNoMeasureOfNoise()
    {
        const std::vector<float> silence(1000, 0.0f);
        QCOMPARE(applied(AdditiveNoise(AdditiveNoise::info().schema.defaults()), silence, 0), silence);
        const BackgroundMix background({{"min_snr", 10.0}, {"max_snr", 10.0}});
        QCOMPARE(applied(background, silence, 0, test::noise(1000)), silence);
        QCOMPARE(applied(background, test::noise(1000), 0, silence), test::noise(1000));
        QCOMPARE(applied(background, test::noise(1000), 0), test::noise(1000)); // there is no other clip
    }

    void backgroundIsTheOtherClipAtTheRatioItWasAskedFor()
    {
        const std::vector<float> before = test::noise(rate);
        const std::vector<float> other = test::sine(3000.0, rate, rate, 0.7);
        for (const double snr : {-3.0, 6.0, 30.0}) {
            const BackgroundMix background({{"min_snr", snr}, {"max_snr", snr}});
            const std::vector<float> added = difference(applied(background, before, 0, other), before);
            QVERIFY(std::abs(level(before) - level(added) - snr) < 0.1);
            const double factor = std::pow(10.0, (level(before) - level(other) - snr) / 20.0);
            for (size_t i = 0; i < added.size(); ++i)
                QVERIFY(std::abs(static_cast<double>(added[i]) - factor * static_cast<double>(other[i])) < 1e-5);
        }
    }

    void clippingCutsAtItsDepthBelowThePeakAndNowhereElse()
    {
        const HardClipping clipping({{"min_depth", 6.0206}, {"max_depth", 6.0206}});
        for (const double amplitude : {0.001, 1.0, 3.0}) {
            const std::vector<float> before = test::sine(100.0, rate, rate, amplitude);
            const std::vector<float> after = applied(clipping, before, 0);
            const auto ceiling = static_cast<float>(0.5 * amplitude);
            int cut = 0;
            for (size_t i = 0; i < before.size(); ++i) {
                const bool beyond = std::abs(before[i]) > ceiling * 1.0001f;
                cut += beyond;
                QVERIFY(beyond ? std::abs(std::abs(after[i]) / ceiling - 1.0f) < 1e-4f && after[i] * before[i] > 0.0f
                               : std::abs(after[i] - before[i]) < ceiling * 1e-3f);
            }
            QVERIFY(std::abs(cut / static_cast<double>(rate) - 2.0 / 3.0) < 0.005); // a sine is beyond half its peak for 2/3 of the time
        }
    }

    void tanhKeepsTheLevelAndBendsByItsDrive_data()
    {
        QTest::addColumn<double>("drive");
        for (const double drive : {-20.0, 0.0, 12.0, 30.0, 60.0})
            QTest::addRow("%g dB", drive) << drive;
    }
    void tanhKeepsTheLevelAndBendsByItsDrive()
    {
        QFETCH(const double, drive);
        const TanhDistortion distortion({{"min_drive", drive}, {"max_drive", drive}});
        for (const float amplitude : {1e-4f, 0.3f, 2.0f}) {
            std::vector<float> before = test::noise(20000);
            before.push_back(1.0f); // the peak
            for (float& sample : before)
                sample *= amplitude;
            const std::vector<float> after = applied(distortion, before, 0);
            QVERIFY(std::abs(level(after) - level(before)) < 1e-4);
            const double factor = static_cast<double>(after.back()) / std::tanh(std::pow(10.0, drive / 20.0));
            for (size_t i = 0; i < before.size(); ++i) {
                const double bent = std::tanh(std::pow(10.0, drive / 20.0) * static_cast<double>(before[i] / amplitude));
                QVERIFY(std::abs(static_cast<double>(after[i]) / factor - bent) < 1e-6 * std::abs(bent) + 1e-6);
            }
        }
    }

    void bitCrushLeavesAsManyLevelsAsTheBitsSay_data()
    {
        QTest::addColumn<int>("bits");
        for (const int bits : {2, 3, 5, 8, 12})
            QTest::addRow("%d bits", bits) << bits;
    }
    void bitCrushLeavesAsManyLevelsAsTheBitsSay()
    {
        QFETCH(const int, bits);
        const BitCrush crush({{"min_bits", bits}, {"max_bits", bits}, {"min_hold", 1}, {"max_hold", 1}});
        std::vector<float> before;
        for (int i = -50'000; i <= 50'000; ++i)
            before.push_back(0.4f * static_cast<float>(i) / 50'000.0f);
        const std::vector<float> after = applied(crush, before, 0);
        const int levels = (1 << bits) - 1;
        QCOMPARE(std::set<float>(after.begin(), after.end()).size(), static_cast<size_t>(levels));
        const float step = 0.8f / static_cast<float>(levels - 1);
        for (size_t i = 0; i < before.size(); ++i)
            QVERIFY(std::abs(after[i] - before[i]) <= 0.5001f * step);
        QCOMPARE(after[50'000], 0.0f);
    }

    void bitCrushHoldsSamples()
    {
        const BitCrush crush({{"min_bits", 16}, {"max_bits", 16}, {"min_hold", 3}, {"max_hold", 3}});
        const std::vector<float> after = applied(crush, {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f}, 0);
        const std::vector<float> expected{0.1f, 0.1f, 0.1f, 0.4f, 0.4f, 0.4f, 0.7f, 0.7f};
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(after[i] - expected[i]) < 1e-4f);
    }
};

QTEST_APPLESS_MAIN(TestLevels)
#include "tst_levels.moc"
