// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/Tones.h"
#include "augment/waveform/PhaseVocoder.h"
#include "support/Signals.h"

#include <QtTest>

#include <algorithm>
#include <numeric>
#include <set>

using namespace melscope;

class TestTimeAndPitch : public QObject
{
    Q_OBJECT

private:
    static constexpr int rate = 44100;

    static Json fixed(const std::string& name, double value, const char* placement = nullptr)
    {
        Json values{{"min_" + name, value}, {"max_" + name, value}};
        if (placement)
            values["placement"] = placement;
        return values;
    }

    static double energy(std::span<const float> samples)
    {
        return std::accumulate(samples.begin(), samples.end(), 0.0,
                               [](double sum, float x) { return sum + static_cast<double>(x) * static_cast<double>(x); });
    }

    /// What a sine of this frequency, at its best amplitude and phase, leaves of the samples, in dB below them.
    static double residue(std::span<const float> samples, double hz, int atRate)
    {
        const std::complex<double> tone = test::toneIn(samples, hz, atRate);
        double rest = 0.0;
        for (size_t i = 0; i < samples.size(); ++i) {
            const double expected = std::real(tone * std::polar(1.0, 2.0 * std::numbers::pi * hz / atRate * static_cast<double>(i)));
            rest += std::pow(static_cast<double>(samples[i]) - expected, 2);
        }
        return 10.0 * std::log10(rest / energy(samples));
    }

    /// The middle of the energy, in samples.
    static double centroid(std::span<const float> samples)
    {
        double sum = 0.0;
        for (size_t i = 0; i < samples.size(); ++i)
            sum += static_cast<double>(i) * static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
        return sum / energy(samples);
    }

private Q_SLOTS:
    void speedMovesPitchAndLengthTogether()
    {
        for (const double speed : {0.5, 0.8, 1.1, 1.7}) {
            const std::vector<float> before = test::sine(1000.0, rate, rate, 0.5);
            std::vector<float> after = before;
            test::augment("speed", fixed("speed", speed, "start"), after, rate);
            QCOMPARE(after.size(), before.size());
            const auto sounding = static_cast<size_t>(rate / std::max(1.0, speed));
            const auto middle = std::span(after).subspan(2000, sounding - 4000);
            QVERIFY(std::abs(std::abs(test::toneIn(middle, 1000.0 * speed, rate)) - 0.5) < 0.001);
            QVERIFY(std::abs(test::frequencyIn(middle, 1000.0 * speed, rate) / (1000.0 * speed) - 1.0) < 1e-6);
            QVERIFY(energy(std::span(after).subspan(sounding + (speed > 1.0))) == 0.0); // silence where it has ended
        }
    }

    void speedDoesNotFoldFrequenciesBack()
    {
        std::vector<float> samples = test::sine(15000.0, rate, rate); // would be 30 kHz
        test::augment("speed", fixed("speed", 2.0, "start"), samples, rate);
        QVERIFY(energy(std::span(samples).subspan(1000, 20000)) < 1e-8 * 20000);
    }

    void placementIsRandomWithinTheClip()
    {
        std::set<size_t> starts;
        for (uint64_t clip = 0; clip < 100; ++clip) {
            std::vector<float> samples(1000, 1.0f);
            test::augment("speed", fixed("speed", 2.0, "random"), samples, rate, clip);
            const auto sounds = [](float value) { return value != 0.0f; };
            QCOMPARE(std::ranges::count_if(samples, sounds), 500);
            starts.insert(static_cast<size_t>(std::ranges::find_if(samples, sounds) - samples.begin()));
        }
        QVERIFY(*starts.begin() < 30 && *starts.rbegin() > 470 && *starts.rbegin() <= 500);

        std::set<int> parts;
        for (uint64_t clip = 0; clip < 100; ++clip) {
            std::vector<float> samples(10000);
            std::iota(samples.begin(), samples.end(), 0.0f); // a ramp tells where it was cut
            test::augment("speed", fixed("speed", 0.5, "random"), samples, rate, clip);
            parts.insert(static_cast<int>(samples[5000]) - 2500);
        }
        QVERIFY(*parts.begin() >= -1 && *parts.begin() < 300 && *parts.rbegin() > 4700 && *parts.rbegin() <= 5001);
    }

    void pitchShiftMovesASineAndKeepsItsLength()
    {
        for (const int atRate : {16000, 44100})
            for (const double semitones : {-7.0, -1.5, 0.0, 2.0, 12.0})
                for (const double hz : {220.0, 1234.5}) {
                    const double expected = hz * std::exp2(semitones / 12.0);
                    std::vector<float> samples = test::sine(hz, atRate, static_cast<size_t>(2 * atRate), 0.5);
                    test::augment("pitch_shift", fixed("semitones", semitones), samples, atRate);
                    QCOMPARE(samples.size(), static_cast<size_t>(2 * atRate));
                    const auto middle = std::span(samples).subspan(static_cast<size_t>(atRate) / 2, static_cast<size_t>(atRate));
                    QVERIFY2(std::abs(test::decibels(std::abs(test::toneIn(middle, expected, atRate)) / 0.5)) < 0.1, qPrintable(QString::number(expected)));
                    QVERIFY(std::abs(test::frequencyIn(middle, expected, atRate) / expected - 1.0) < 0.0002);
                    const auto last = std::span(samples).last(static_cast<size_t>(atRate) / 10);
                    QVERIFY(energy(last) > 0.1 * static_cast<double>(last.size()) * 0.125); // to the end
                }
    }

    void timeStretchKeepsASineASine()
    {
        for (const int atRate : {8000, 44100, 192000})
            for (const double stretch : {0.5, 0.8, 1.0, 1.25, 2.0}) {
                const auto length = static_cast<size_t>(2 * atRate);
                std::vector<float> samples = test::sine(660.0, atRate, length, 0.5);
                test::augment("time_stretch", fixed("stretch", stretch, "start"), samples, atRate);
                QCOMPARE(samples.size(), length);
                const auto middle = std::span(samples).subspan(length / 8, length / 4);
                QVERIFY(std::abs(test::frequencyIn(middle, 660.0, atRate) / 660.0 - 1.0) < 1e-5);
                QVERIFY(std::abs(test::decibels(std::abs(test::toneIn(middle, 660.0, atRate)) / 0.5)) < 0.05);
                QVERIFY2(residue(middle, 660.0, atRate) < -50.0, qPrintable(QString::number(residue(middle, 660.0, atRate))));
            }
    }

    void timeStretchKeepsChords()
    {
        const std::vector<double> chord{261.6, 329.6, 392.0, 523.2, 3000.0, 9000.0};
        std::vector<float> samples(2 * rate, 0.0f);
        for (const double hz : chord) {
            const std::vector<float> tone = test::sine(hz, rate, samples.size(), 0.1);
            std::ranges::transform(samples, tone, samples.begin(), std::plus());
        }
        for (const double stretch : {0.8, 1.3}) {
            const std::vector<float> result = stretched(samples, stretch, samples.size(), rate);
            const auto middle = std::span(result).subspan(rate / 2, rate / 2);
            for (const double hz : chord) {
                const double level = test::decibels(std::abs(test::toneIn(middle, hz, rate)) / 0.1);
                QVERIFY2(std::abs(level) < 1.0, qPrintable(QString("%1 Hz: %2 dB").arg(hz).arg(level)));
            }
        }
    }

    void stretchByOneGivesTheSoundBack()
    {
        for (const size_t length : {size_t{1}, size_t{511}, size_t{30000}}) {
            const std::vector<float> before = test::noise(length);
            const std::vector<float> after = stretched(before, 1.0, length, rate);
            for (size_t i = 0; i < length; ++i)
                QVERIFY(std::abs(after[i] - before[i]) < 2e-6f);
        }
    }

    void onsetsMoveWithTheTimeAndStaySharp_data()
    {
        QTest::addColumn<double>("stretch");
        for (const double stretch : {0.6, 0.8, 1.25, 1.8})
            QTest::addRow("%g", stretch) << stretch;
    }
    void onsetsMoveWithTheTimeAndStaySharp()
    {
        QFETCH(const double, stretch);
        constexpr size_t at = 30000;
        std::vector<float> click(2 * rate, 0.0f);
        click[at] = 1.0f;
        test::augment("time_stretch", fixed("stretch", stretch, "start"), click, rate);
        // A sixteenth of a frame.
        QVERIFY2(std::abs(centroid(click) - stretch * at) < 0.003 * rate, qPrintable(QString::number((centroid(click) - stretch * at) / rate)));
        const auto expected = static_cast<size_t>(stretch * at);
        constexpr size_t reach = rate / 125; // 8 ms
        QVERIFY(energy(std::span(click).subspan(expected - reach, 2 * reach)) > 0.9 * energy(click));

        std::vector<float> tone(2 * rate, 0.0f);
        std::ranges::copy(test::sine(1500.0, rate, tone.size() - at, 0.5), tone.begin() + at);
        test::augment("time_stretch", fixed("stretch", stretch, "start"), tone, rate);
        const auto begun = std::ranges::find_if(tone, [](float value) { return std::abs(value) > 0.25f; }) - tone.begin();
        QVERIFY2(std::abs(static_cast<double>(begun) - stretch * at) < 0.008 * rate, qPrintable(QString::number(static_cast<double>(begun) / stretch)));
    }

    void noiseLosesLittleOfItsLevel()
    {
        const std::vector<float> before = test::noise(2 * rate);
        for (const double stretch : {0.8, 1.25}) {
            const std::vector<float> after = stretched(before, stretch, rate, rate);
            const double change = 10.0 * std::log10(energy(after) / rate / (energy(before) / static_cast<double>(before.size())));
            QVERIFY2(std::abs(change) < 1.5, qPrintable(QString::number(change)));
        }
    }
};

QTEST_APPLESS_MAIN(TestTimeAndPitch)
#include "tst_time_and_pitch.moc"
