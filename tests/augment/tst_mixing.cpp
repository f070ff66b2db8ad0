// SPDX-License-Identifier: GPL-3.0-or-later
#include "OneAugmentation.h"
#include "augment/ExamplePipeline.h"
#include "support/Signals.h"
#include "support/TinyFrontEnd.h"

#include <QtTest>

#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <set>

using namespace melscope;
using namespace melscope::test;

/// Mixings against their definitions, and whom the pipeline mixes with whom.
class TestMixing : public QObject
{
    Q_OBJECT

private:
    static constexpr int rate = 44100;
    static constexpr size_t second = 44100;

    static std::shared_ptr<const WaveformMixing> waveform(const Json& entry)
    {
        return oneAugmentation<WaveformMixing>(AugmentationStage::Mix, entry);
    }

    static std::shared_ptr<const SpectrogramMixing> spectrogram(const Json& entry)
    {
        return oneAugmentation<SpectrogramMixing>(AugmentationStage::Mix, entry);
    }

    /// Amplitude of the sine of a whole number of periods in `samples`.
    static double amplitudeOf(const std::vector<float>& samples, double hz)
    {
        double sum = 0.0;
        for (size_t i = 0; i < samples.size(); ++i)
            sum += samples[i] * std::sin(2.0 * std::numbers::pi * hz / rate * static_cast<double>(i));
        return 2.0 * sum / static_cast<double>(samples.size());
    }

    static double decibels(double ratio) { return 20.0 * std::log10(ratio); }

    /// Grids of one row whose first value is the clip's number, clip % classes its class.
    static ClipSource numbers(int clips, int classes)
    {
        ClipSource source{.grid = [](int clip) { return shareValues(std::vector<float>(2 * 9, static_cast<float>(clip))); },
                          .partners = std::vector<int>(static_cast<size_t>(clips)), .label = [classes](int clip) { return clip % classes; }};
        std::iota(source.partners.begin(), source.partners.end(), 0);
        source.samples = [length = tinyFrontEnd(2, 9).clipLength()](int clip) {
            return shareValues(std::vector<float>(static_cast<size_t>(length), static_cast<float>(clip)));
        };
        return source;
    }

    static ExamplePipeline pipeline(const ClipSource& source, const char* chain)
    {
        return {std::make_shared<const SpectrogramExtractor>(tinyFrontEnd(2, 9)), source, AugmentationChain::fromJson(Json::parse(chain))};
    }

private Q_SLOTS:
    void mixupIsTheWeightedSumAndItsWeightTheLabelsShare()
    {
        const std::vector<float> second = sine(440.0, rate, 1000);
        const std::vector<float> first = noise(1000);
        for (uint64_t draw = 0; draw < 50; ++draw) {
            std::vector<float> mixed = first;
            RandomStream random = streamOf(draw);
            const double share = waveform({{"name", "mixup"}})->mix(mixed, second, rate, random);
            SpectrogramGrid grid{.mels = 10, .frames = 100, .values = first};
            RandomStream again = streamOf(draw);
            QCOMPARE(spectrogram({{"name", "spectrogram_mixup"}})->mix(grid, {.mels = 10, .frames = 100, .values = second}, again), share);
            QVERIFY(share >= 0.0 && share <= 1.0);
            for (size_t i = 0; i < mixed.size(); ++i)
                QVERIFY(std::abs(mixed[i] - (share * first[i] + (1.0 - share) * second[i])) < 1e-6);
            QVERIFY(grid.values == mixed);
        }
    }

    void sharesAreBetaDistributed_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<double>("alpha");
        for (const char* name : {"mixup", "spectrogram_mixup", "cutmix_time", "cutmix_frequency"})
            for (const double alpha : {0.2, 1.0, 5.0})
                QTest::addRow("%s, alpha %g", name, alpha) << QByteArray(name) << alpha;
    }
    void sharesAreBetaDistributed()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const double, alpha);
        const Json entry{{"name", name.toStdString()}, {"alpha", alpha}};
        const auto onSamples = waveform(entry);
        const auto onGrids = spectrogram(entry);
        std::vector<double> shares;
        std::vector<float> samples(4);
        SpectrogramGrid grid = zeros(150, 150);
        const SpectrogramGrid partner = grid;
        for (uint64_t draw = 0; draw < 4000; ++draw) {
            RandomStream random = streamOf(draw);
            shares.push_back(onSamples ? onSamples->mix(samples, {0.0f, 0.0f, 0.0f, 0.0f}, rate, random) : onGrids->mix(grid, partner, random));
        }
        const auto [mean, variance] = momentsOf(shares);
        const double expected = 1.0 / (4.0 * (2.0 * alpha + 1.0)); // of Beta(alpha, alpha)
        QVERIFY(std::abs(mean - 0.5) < 4.0 * std::sqrt(expected / 4000.0));
        QVERIFY2(std::abs(variance / expected - 1.0) < 0.06, qPrintable(QString::number(variance / expected)));
    }

    void betweenClassesBothAreHeardAsLoudAsTheLabelSays_data()
    {
        QTest::addColumn<double>("firstHz");
        QTest::addColumn<double>("secondHz");
        QTest::addColumn<double>("weights"); // A-weighting of the first over the second, dB, IEC 61672-1
        QTest::newRow("1 kHz, 10 kHz") << 1000.0 << 10000.0 << 2.5;
        QTest::newRow("10 kHz, 1 kHz") << 10000.0 << 1000.0 << -2.5;
        QTest::newRow("4 kHz, 1 kHz") << 4000.0 << 1000.0 << 1.0;
        QTest::newRow("100 Hz, 1 kHz") << 100.0 << 1000.0 << -19.1;
    }
    void betweenClassesBothAreHeardAsLoudAsTheLabelSays()
    {
        QFETCH(const double, firstHz);
        QFETCH(const double, secondHz);
        QFETCH(const double, weights);
        const auto mixing = waveform({{"name", "between_class"}});
        for (uint64_t draw = 0; draw < 20; ++draw) {
            RandomStream random = streamOf(draw);
            std::vector<float> mixed = sine(firstHz, rate, second, 0.9);
            const double r = mixing->mix(mixed, sine(secondHz, rate, second, 0.05), rate, random);
            const double first = amplitudeOf(mixed, firstHz);
            const double other = amplitudeOf(mixed, secondHz);
            const double heard = decibels(first / other) + weights;
            QVERIFY2(std::abs(heard - decibels(r / (1.0 - r))) < 0.45, qPrintable(QString::number(heard - decibels(r / (1.0 - r)))));
            // The weights' squares sum to 1, so that the energy of unrelated clips stays.
            QVERIFY(std::abs(std::pow(first / 0.9, 2) + std::pow(other / 0.05, 2) - 1.0) < 1e-3);
        }
    }

    void equallyLoudClipsAreMixedAsTheShareSays()
    {
        RandomStream random = streamOf(3);
        std::vector<float> mixed = sine(1000.0, rate, second, 0.5);
        const double r = waveform({{"name", "between_class"}})->mix(mixed, sine(1000.0, rate, second, 0.5), rate, random);
        QVERIFY(std::abs(amplitudeOf(mixed, 1000.0) - 0.5 / std::hypot(r, 1.0 - r)) < 1e-3);
    }

    void betweenClassSharesAreUniform()
    {
        const auto mixing = waveform({{"name", "between_class"}});
        std::vector<double> shares;
        for (uint64_t draw = 0; draw < 4000; ++draw) {
            RandomStream random = streamOf(draw);
            std::vector<float> samples(64, 0.1f);
            shares.push_back(mixing->mix(samples, samples, 8000, random));
        }
        const auto [mean, variance] = momentsOf(shares);
        QVERIFY(std::abs(mean - 0.5) < 0.02);
        QVERIFY(std::abs(variance - 1.0 / 12.0) < 0.005);
    }

    void silenceMutesNobody()
    {
        for (uint64_t draw = 0; draw < 20; ++draw) {
            RandomStream random = streamOf(draw);
            std::vector<float> mixed = sine(1000.0, rate, second);
            const double r = waveform({{"name", "between_class"}})->mix(mixed, std::vector<float>(second), rate, random);
            QVERIFY(std::abs(amplitudeOf(mixed, 1000.0) - r / std::hypot(r, 1.0 - r)) < 1e-3);
        }
    }

    void cutMixTakesAStretchAndTheLabelsShareIsTheArea_data()
    {
        QTest::addColumn<bool>("inTime");
        QTest::newRow("time") << true;
        QTest::newRow("frequency") << false;
    }
    void cutMixTakesAStretchAndTheLabelsShareIsTheArea()
    {
        QFETCH(const bool, inTime);
        const auto mixing = spectrogram({{"name", inTime ? "cutmix_time" : "cutmix_frequency"}});
        const SpectrogramGrid before = ramp(30, 40);
        const SpectrogramGrid partner = gridOf(30, 40, [](int mel, FrameIndex frame) { return -1.0 - mel - 100.0 * static_cast<double>(frame); });
        std::map<std::pair<FrameIndex, FrameIndex>, int> places;
        for (uint64_t draw = 0; draw < 500; ++draw) {
            SpectrogramGrid mixed = before;
            RandomStream random = streamOf(draw);
            const double share = mixing->mix(mixed, partner, random);
            const FrameIndex size = inTime ? 40 : 30;
            FrameIndex first = size;
            FrameIndex end = 0;
            int taken = 0;
            for (int mel = 0; mel < 30; ++mel) {
                for (FrameIndex frame = 0; frame < 40; ++frame) {
                    const bool ofPartner = mixed.at(mel, frame) == partner.at(mel, frame);
                    QVERIFY(ofPartner || mixed.at(mel, frame) == before.at(mel, frame));
                    taken += ofPartner;
                    if (ofPartner) {
                        first = std::min(first, inTime ? frame : mel);
                        end = std::max(end, 1 + (inTime ? frame : mel));
                    }
                }
            }
            QCOMPARE(share, (1200 - taken) / 1200.0);
            QCOMPARE(static_cast<FrameIndex>(taken), std::max<FrameIndex>(0, end - first) * (inTime ? 30 : 40));
            ++places[{first, end}];
        }
        QVERIFY(places.size() > 100);
        QVERIFY(places.rbegin()->second < 20);
    }

    void onlyBetweenClassAsksForAnotherClass()
    {
        const auto count = [](const char* chain) {
            const ExamplePipeline examples = pipeline(numbers(12, 3), chain);
            std::map<int, int> partners;
            for (uint64_t epoch = 0; epoch < 3000; ++epoch)
                ++partners[examples.make({.seed = 1, .epoch = epoch, .clip = 4}).partner];
            return partners;
        };
        const std::map<int, int> any = count(R"({"mix": [{"name": "spectrogram_mixup"}]})");
        QCOMPARE(any.size(), size_t{11});
        for (const auto& [partner, times] : any)
            QVERIFY(partner != 4 && std::abs(times - 3000.0 / 11.0) < 75.0);
        const std::map<int, int> others = count(R"({"mix": [{"name": "between_class"}]})");
        QCOMPARE(others.size(), size_t{8});
        for (const auto& [partner, times] : others)
            QVERIFY(partner % 3 != 1 && std::abs(times - 3000.0 / 8.0) < 85.0);
    }

    void aClassOfItsOwnFindsTheRareOther()
    {
        // 200 clips of one class, one of another: it is nearly never among the first tried.
        ClipSource source = numbers(201, 2);
        source.label = [](int clip) { return clip == 77; };
        const ExamplePipeline examples = pipeline(source, R"({"mix": [{"name": "between_class"}]})");
        for (uint64_t epoch = 0; epoch < 20; ++epoch)
            QCOMPARE(examples.make({.epoch = epoch, .clip = 3}).partner, 77);
        source.label = [](int) { return 0; };
        const Example alone = pipeline(source, R"({"mix": [{"name": "between_class"}]})").make({.clip = 3});
        QCOMPARE(alone.partner, -1);
        QCOMPARE(alone.ownShare, 1.0);
        QVERIFY(alone.mixing.empty());
        // Where the first finds no partner the next may.
        const Example next = pipeline(source, R"({"mix": [{"name": "between_class"}, {"name": "spectrogram_mixup"}]})").make({.clip = 3});
        QCOMPARE(next.mixing, std::string("spectrogram_mixup"));
        QVERIFY(next.partner >= 0 && next.partner != 3);
    }

    void anUnusableClipIsNoPartnerAndChangesNoOtherDraw()
    {
        const char* const chain = R"({"mix": [{"name": "cutmix_time"}]})";
        ClipSource damaged = numbers(10, 2);
        damaged.usable = [](int clip) { return clip != 6; };
        const ExamplePipeline all = pipeline(numbers(10, 2), chain);
        const ExamplePipeline without = pipeline(damaged, chain);
        int differing = 0;
        for (uint64_t epoch = 0; epoch < 200; ++epoch) {
            const Example before = all.make({.epoch = epoch, .clip = 2});
            const Example after = without.make({.epoch = epoch, .clip = 2});
            QVERIFY(after.partner != 6);
            QVERIFY(before.partner == 6 || (before.partner == after.partner && before.grid == after.grid));
            differing += before.partner == 6;
        }
        QVERIFY(differing > 5);
    }

    void nobodyMixesWithItself()
    {
        const Example alone = pipeline(numbers(1, 1), R"({"mix": [{"name": "mixup"}]})").make({.clip = 0});
        QCOMPARE(alone.partner, -1);
        ClipSource nobody = numbers(0, 1);
        QCOMPARE(pipeline(nobody, R"({"mix": [{"name": "mixup"}]})").make({.clip = 0}).partner, -1);
    }

    void atMostOneMixingActsTheFirstThatDoes()
    {
        const ExamplePipeline examples = pipeline(numbers(20, 4), R"({"mix": [{"name": "cutmix_time", "probability": 0.25},
            {"name": "mixup", "enabled": false}, {"name": "between_class", "probability": 0.5}, {"name": "spectrogram_mixup", "probability": 0.5}]})");
        std::map<std::string, int> acted;
        for (uint64_t epoch = 0; epoch < 4000; ++epoch)
            ++acted[examples.make({.epoch = epoch, .clip = 1}).mixing];
        const std::map<std::string, double> expected{{"cutmix_time", 1000.0}, {"between_class", 1500.0}, {"spectrogram_mixup", 750.0}, {"", 750.0}};
        QCOMPARE(acted.size(), expected.size());
        for (const auto& [name, times] : expected)
            QVERIFY2(std::abs(acted[name] - times) < 120.0, name.c_str());
    }

    void thePartnerGoesThroughTheSameStepsUnderItsOwnDraws()
    {
        // Row 0 of clip c holds 100 c + frame: after roll and mixup, the partner's part is a roll too, by another shift.
        ClipSource source = numbers(2, 2);
        source.grid = [](int clip) {
            std::vector<float> values(18);
            std::iota(values.begin(), values.end(), clip == 0 ? 0.0f : 1000.0f);
            return shareValues(values);
        };
        const ExamplePipeline rolled = pipeline(source, R"({"spectrogram": [{"name": "time_roll"}], "mix": [{"name": "cutmix_time", "alpha": 5}]})");
        int differing = 0;
        for (uint64_t epoch = 0; epoch < 100; ++epoch) {
            const SpectrogramGrid grid = rolled.make({.epoch = epoch, .clip = 0}).grid;
            std::set<FrameIndex> own;
            std::set<FrameIndex> partners;
            for (FrameIndex frame = 0; frame < 9; ++frame) {
                const auto value = static_cast<FrameIndex>(grid.at(0, frame));
                (value >= 1000 ? partners : own).insert((9 + frame - value % 1000) % 9);
            }
            QVERIFY(own.size() <= 1 && partners.size() <= 1); // one shift each
            differing += !own.empty() && !partners.empty() && own != partners;
        }
        QVERIFY(differing > 50);
    }
};

QTEST_APPLESS_MAIN(TestMixing)
#include "tst_mixing.moc"
