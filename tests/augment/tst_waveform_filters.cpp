// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/Tones.h"
#include "augment/waveform/Convolution.h"
#include "augment/waveform/Equalizer.h"
#include "support/Signals.h"

#include <QtTest>

#include <algorithm>
#include <functional>

using namespace melscope;

class TestWaveformFilters : public QObject
{
    Q_OBJECT

private:
    static constexpr auto pi = std::numbers::pi;

    /// What `act` does to the level of a sine, in dB, once it has settled.
    static double gainOf(double hz, int rate, const std::function<void(std::vector<float>&)>& act)
    {
        const auto settled = static_cast<size_t>(rate) / 2;
        std::vector<float> samples = test::sine(hz, rate, 2 * settled);
        act(samples);
        return test::decibels(std::abs(test::toneIn(std::span(samples).subspan(settled), hz, rate)));
    }

    static double bent(double hz, int rate) { return std::tan(pi * hz / rate); }
    static double butterworth(double ratio, int order) { return -10.0 * std::log10(1.0 + std::pow(ratio, 2 * order)); }

    static void addRates()
    {
        QTest::addColumn<int>("rate");
        for (const int rate : {8000, 16000, 44100, 192000})
            QTest::addRow("%d Hz", rate) << rate;
    }

private Q_SLOTS:
    void lowAndHighPassAreButterworths_data() { addRates(); }
    void lowAndHighPassAreButterworths()
    {
        QFETCH(const int, rate);
        for (const int order : {1, 2, 3, 4, 8})
            for (const double cutOff : {100.0, 1000.0})
                for (const double octaves : {-1.0, 0.0, 1.0}) {
                    const double hz = cutOff * std::exp2(octaves);
                    const double ratio = bent(hz, rate) / bent(cutOff, rate);
                    const Json values{{"min_cut_off", cutOff}, {"max_cut_off", cutOff}, {"order", order}};
                    const double low = gainOf(hz, rate, [&](auto& samples) { test::augment("low_pass", values, samples, rate); });
                    const double high = gainOf(hz, rate, [&](auto& samples) { test::augment("high_pass", values, samples, rate); });
                    if (octaves == 0.0)
                        QVERIFY(std::abs(low + 3.0103) < 0.005 && std::abs(high + 3.0103) < 0.005);
                    QVERIFY2(std::abs(low - butterworth(ratio, order)) < 0.01, qPrintable(QString::number(low)));
                    QVERIFY2(std::abs(high - butterworth(1.0 / ratio, order)) < 0.01, qPrintable(QString::number(high)));
                }
    }

    void bandPassMeetsItsEdges_data() { addRates(); }
    void bandPassMeetsItsEdges()
    {
        QFETCH(const int, rate);
        for (const int order : {1, 2, 3, 6}) {
            const Json values{{"min_centre", 800.0}, {"max_centre", 800.0}, {"min_width", 2.0}, {"max_width", 2.0}, {"order", order}};
            const double low = bent(400.0, rate), high = bent(1600.0, rate);
            for (const double hz : {200.0, 400.0, 700.0, 800.0, 1600.0, 3000.0}) {
                const double w = bent(hz, rate);
                const double expected = butterworth(std::abs(w * w - low * high) / ((high - low) * w), order);
                const double gain = gainOf(hz, rate, [&](auto& samples) { test::augment("band_pass", values, samples, rate); });
                QVERIFY2(std::abs(gain - expected) < 0.01, qPrintable(QString::number(hz)));
                if (hz == 400.0 || hz == 1600.0)
                    QVERIFY(std::abs(gain + 3.0103) < 0.005);
            }
        }
    }

    void cutOffsAreDrawnEvenlyInRatiosFromTheirRange()
    {
        // The step response of a low-pass of first order names its cut-off.
        const Json values{{"min_cut_off", 100.0}, {"max_cut_off", 10000.0}, {"order", 1}};
        int below = 0;
        for (uint64_t clip = 0; clip < 400; ++clip) {
            std::vector<float> samples{1.0f};
            test::augment("low_pass", values, samples, 192000, clip);
            const double w = static_cast<double>(samples[0]) / (1.0 - static_cast<double>(samples[0]));
            const double cutOff = std::atan(w) * 192000 / pi;
            QVERIFY(cutOff > 99.9 && cutOff < 10001.0);
            below += cutOff < 1000.0;
        }
        QVERIFY(below > 160 && below < 240); // half of them; four standard deviations
    }

    void equalizerHasTheDrawnGainsAtItsCentres_data() { addRates(); }
    void equalizerHasTheDrawnGainsAtItsCentres()
    {
        QFETCH(const int, rate);
        for (const Equalizer::Gains& gains : {Equalizer::Gains{6, -4, 3, -6, 5, 1, -2}, Equalizer::Gains{12, 12, 12, -12, -12, 12, -12},
                                              Equalizer::Gains{}}) {
            const std::vector<Biquad> sections = Equalizer::sections(gains, rate);
            for (size_t i = 0; i < gains.size(); ++i) {
                if (Equalizer::centres[i] > 0.4 * rate)
                    continue;
                const double gain = gainOf(Equalizer::centres[i], rate, [&](auto& samples) { filter(samples, sections); });
                QVERIFY2(std::abs(gain - gains[i]) < 0.02, qPrintable(QString::number(gain)));
            }
        }
        const Json values{{"min_gain", 6.0}, {"max_gain", 6.0}};
        for (const double hz : {63.0, 1000.0})
            QVERIFY(std::abs(gainOf(hz, rate, [&](auto& samples) { test::augment("equalizer", values, samples, rate); }) - 6.0) < 0.02);
    }

    void everyBandOfTheEqualizerDrawsItsOwnGain()
    {
        std::array<double, 7> sums{}, squares{};
        double products = 0.0;
        constexpr int draws = 60;
        for (uint64_t clip = 0; clip < draws; ++clip) {
            std::array<double, 7> gains{};
            for (size_t i = 0; i < gains.size(); ++i)
                gains[i] = gainOf(Equalizer::centres[i], 44100,
                                  [&](auto& samples) { test::augment("equalizer", {{"min_gain", -6.0}, {"max_gain", 6.0}}, samples, 44100, clip); });
            for (size_t i = 0; i < gains.size(); ++i) {
                QVERIFY(std::abs(gains[i]) < 6.05);
                sums[i] += gains[i];
                squares[i] += gains[i] * gains[i];
            }
            products += gains[2] * gains[3];
        }
        for (size_t i = 0; i < sums.size(); ++i) {
            QVERIFY(std::abs(sums[i]) / draws < 4.0 * std::sqrt(12.0 / draws));
            QVERIFY(squares[i] / draws > 6.0 && squares[i] / draws < 18.0); // 12: uniform from -6 to 6
        }
        QVERIFY(std::abs(products / draws) < 4.0 * 12.0 / std::sqrt(draws)); // neighbours know nothing of each other
    }

    void aRandomPeakHasTheAskedHeightAndWidth()
    {
        constexpr int rate = 44100;
        double lowest = rate, highest = 0.0;
        for (uint64_t clip = 0; clip < 40; ++clip) {
            std::vector<float> samples(8192, 0.0f);
            samples[0] = 1.0f;
            test::augment("random_filter", {{"bands", 1}, {"min_gain", 12.0}, {"max_gain", 12.0}, {"min_width", 1.0}, {"max_width", 1.0}},
                          samples, rate, clip);
            const auto responseAt = [&](double hz) {
                std::complex<double> sum = 0.0;
                for (size_t i = 0; i < samples.size(); ++i)
                    sum += static_cast<double>(samples[i]) * std::polar(1.0, -2.0 * pi * hz / rate * static_cast<double>(i));
                return test::decibels(std::abs(sum));
            };
            double top = 0.0, centre = 0.0, from = 0.0, to = 0.0, outside = 100.0;
            for (double hz = 30.0; hz < 22000.0; hz *= std::exp2(1.0 / 24.0)) {
                const double gain = responseAt(hz);
                if (gain > top) {
                    top = gain;
                    centre = hz;
                }
                outside = std::min(outside, gain);
                if (gain >= 6.0)
                    (from == 0.0 ? from : to) = hz;
            }
            QVERIFY2(std::abs(top - 12.0) < 0.3, qPrintable(QString::number(top)));
            QVERIFY(outside > -0.1 && outside < 1.5);
            if (centre > 100.0 && centre < 3000.0)
                QVERIFY2(std::abs(std::log2(to / from) - 1.0) < 0.12, qPrintable(QString::number(std::log2(to / from))));
            lowest = std::min(lowest, centre);
            highest = std::max(highest, centre);
        }
        QVERIFY(lowest < 150.0 && highest > 7000.0);
    }

    void blocksGiveWhatTheRecursionSays()
    {
        const std::vector<Biquad> sections{peakFilter(300.0, 1.0, 9.0, 8000.0), butterworthHighPass(2, 50.0, 8000.0).front()};
        for (const size_t length : {size_t{0}, size_t{1}, size_t{7}, size_t{8}, size_t{9}, size_t{255}, size_t{256}, size_t{257}, size_t{3000}}) {
            std::vector<float> samples = test::noise(length);
            std::vector<double> expected(samples.begin(), samples.end());
            for (const auto& [b0, b1, b2, a1, a2] : sections) {
                double x1 = 0.0, x2 = 0.0, y1 = 0.0, y2 = 0.0;
                for (double& value : expected) {
                    const double y = b0 * value + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
                    x2 = x1, x1 = value, y2 = y1, y1 = y;
                    value = y;
                }
            }
            filter(samples, sections);
            for (size_t i = 0; i < length; ++i)
                QVERIFY(std::abs(static_cast<double>(samples[i]) - expected[i]) < 1e-7);
        }
    }

    void convolutionIsTheSumOfEchoes()
    {
        for (const auto& [length, taps] : {std::pair{1, 1}, {1, 5}, {2, 2}, {5, 3}, {100, 100}, {1001, 37}, {300, 500}}) {
            const std::vector<float> samples = test::noise(static_cast<size_t>(length));
            std::vector<float> response = test::noise(static_cast<size_t>(taps) + 1);
            response.erase(response.begin());
            const std::vector<float> result = convolved(samples, response);
            QCOMPARE(result.size(), samples.size());
            for (int n = 0; n < length; ++n) {
                double expected = 0.0;
                for (int i = 0; i < taps && i <= n; ++i)
                    expected += static_cast<double>(response[static_cast<size_t>(i)]) * static_cast<double>(samples[static_cast<size_t>(n - i)]);
                QVERIFY(std::abs(static_cast<double>(result[static_cast<size_t>(n)]) - expected) < 1e-6);
            }
        }
        QVERIFY(convolved({}, test::noise(3)).empty());
    }

    void reverbOfADiracHasTheAskedDecayAndEnergies_data() { addRates(); }
    void reverbOfADiracHasTheAskedDecayAndEnergies()
    {
        QFETCH(const int, rate);
        for (const double rt60 : {0.3, 1.2})
            for (const double ratio : {-3.0, 10.0})
                for (const int reflections : {0, 8}) {
                    std::vector<float> samples(static_cast<size_t>(2 * rate), 0.0f);
                    samples[0] = 1.0f;
                    test::augment("reverb", {{"min_rt60", rt60}, {"max_rt60", rt60}, {"min_direct_ratio", ratio}, {"max_direct_ratio", ratio},
                                             {"reflections", reflections}}, samples, rate);
                    // What is left of the energy from each sample on (M. R. Schroeder 1965).
                    std::vector<double> left(samples.size() + 1, 0.0);
                    for (size_t i = samples.size(); i-- > 0;)
                        left[i] = left[i + 1] + static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
                    QVERIFY2(std::abs(left[0] - 1.0) < 0.001, qPrintable(QString::number(left[0])));
                    QVERIFY2(std::abs(10.0 * std::log10((left[0] - left[1]) / left[1]) - ratio) < 0.05, "direct ratio");
                    // A line through its decay by 25 dB, behind the early reflections.
                    const auto start = static_cast<size_t>(0.06 * rate);
                    double count = 0.0, sumT = 0.0, sumL = 0.0, sumTT = 0.0, sumTL = 0.0;
                    for (size_t i = start; left[i] > left[start] * std::pow(10.0, -2.5); ++i) {
                        const double t = static_cast<double>(i) / rate, level = 10.0 * std::log10(left[i]);
                        count += 1.0, sumT += t, sumL += level, sumTT += t * t, sumTL += t * level;
                    }
                    const double slope = (count * sumTL - sumT * sumL) / (count * sumTT - sumT * sumT);
                    QVERIFY2(std::abs(-60.0 / slope / rt60 - 1.0) < 0.05, qPrintable(QString::number(-60.0 / slope)));
                    // Nothing sounds between the direct sound and the first wall.
                    for (size_t i = 1; i < static_cast<size_t>(0.0019 * rate); ++i)
                        QVERIFY(std::abs(samples[i]) < 1e-5f);
                }
    }
};

QTEST_APPLESS_MAIN(TestWaveformFilters)
#include "tst_waveform_filters.moc"
