// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainParts.h"
#include "augment/ContrastiveTask.h"
#include "augment/PretextDifficulty.h"
#include "augment/ViewDescriptors.h"
#include "base/Error.h"
#include "support/ErrorOf.h"
#include "support/TinyFrontEnd.h"

#include <QtTest>

#include <atomic>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stop_token>

using namespace melscope;

class TestDifficulty : public QObject
{
    Q_OBJECT

private:
    const FrontEnd m_frontEnd = tinyFrontEnd(16, 40);
    const std::shared_ptr<const SpectrogramExtractor> m_extractor = std::make_shared<const SpectrogramExtractor>(m_frontEnd);

    std::vector<float> noise(uint64_t stream) const
    {
        RandomStream random({.seed = 11, .clip = stream});
        std::vector<float> values(static_cast<size_t>(m_frontEnd.mels * m_frontEnd.frames()));
        std::ranges::generate(values, [&] { return static_cast<float>(10.0 * random.normal()); });
        return values;
    }

    /// Noise grids, another one a clip.
    ClipSource source() const
    {
        return {.grid = [this](int clip) { return shareValues(noise(static_cast<uint64_t>(clip))); }};
    }

    static std::vector<int> clips(int count)
    {
        std::vector<int> all(static_cast<size_t>(count));
        std::iota(all.begin(), all.end(), 0);
        return all;
    }

    static ViewTable noiseTable(int clips, int features, double common)
    {
        RandomStream random({.seed = 3});
        ViewTable table;
        for (int clip = 0; clip < clips; ++clip) {
            std::vector<double> own(static_cast<size_t>(features));
            std::ranges::generate(own, [&] { return random.normal(); });
            for (int view = 0; view < 2; ++view) {
                std::vector<float>& values = table.emplace_back();
                for (const double value : own)
                    values.push_back(static_cast<float>(common * value + random.normal()));
            }
        }
        return standardised(std::move(table));
    }

    static double cosine(const std::vector<float>& a, const std::vector<float>& b)
    {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    }

    PretextDifficulty measured(const ClipSource& from, const AugmentationChain& chain, int count, DifficultySettings settings) const
    {
        return DifficultyMeter(m_extractor, from, clips(count), settings).measure(chain);
    }

    static AugmentationChain chain(const char* json) { return AugmentationChain::fromJson(Json::parse(json)); }

private Q_SLOTS:
    void bandsAreMeansOverTimeLessTheLevel()
    {
        // value = 100 mel + frame: the rows' means are 1.5, 101.5 and 201.5.
        SpectrogramGrid grid{.mels = 3, .frames = 4};
        for (int mel = 0; mel < 3; ++mel)
            for (int frame = 0; frame < 4; ++frame)
                grid.values.push_back(static_cast<float>(100 * mel + frame));
        QCOMPARE(describeView(grid).bands, (std::vector<float>{-100.0f, 0.0f, 100.0f}));
    }

    void theEnvelopeIsHowMuchTheLevelSwings()
    {
        // 6 dB up and down three times a clip, the same in all rows.
        SpectrogramGrid grid{.mels = 2, .frames = 200};
        for (int mel = 0; mel < 2; ++mel)
            for (int frame = 0; frame < 200; ++frame)
                grid.values.push_back(static_cast<float>(-50.0 + 6.0 * std::sin(2.0 * std::numbers::pi * 3.0 * frame / 200.0)));
        const std::vector<float> envelope = describeView(grid).envelope;
        QCOMPARE(envelope.size(), size_t{48});
        for (size_t cycle = 0; cycle < envelope.size(); ++cycle)
            QVERIFY(std::abs(envelope[cycle] - std::log(cycle == 2 ? 6.01f : 0.01f)) < 1e-3f);
    }

    void aGainChangesNothingAndACyclicShiftNoEnvelope()
    {
        SpectrogramGrid grid{.mels = 16, .frames = 40, .values = noise(1)};
        grid.values.resize(16 * 40);
        const ViewDescriptors before = describeView(grid);
        for (int mel = 0; mel < 16; ++mel)
            std::ranges::rotate(grid.row(mel), grid.row(mel).begin() + 13);
        for (float& value : grid.values)
            value += 8.0f;
        const ViewDescriptors after = describeView(grid);
        for (size_t i = 0; i < before.bands.size(); ++i)
            QVERIFY(std::abs(before.bands[i] - after.bands[i]) < 1e-3f);
        for (size_t i = 0; i < before.envelope.size(); ++i)
            QVERIFY(std::abs(before.envelope[i] - after.envelope[i]) < 1e-3f);
    }

    void manyRowsBecomeGroupsOfNeighbours()
    {
        SpectrogramGrid grid{.mels = 128, .frames = 96, .values = std::vector<float>(128 * 96)};
        for (int mel = 0; mel < 128; ++mel)
            std::ranges::fill(grid.row(mel), static_cast<float>(mel));
        const ViewDescriptors view = describeView(grid);
        QCOMPARE(view.bands.size(), size_t{64});
        QCOMPARE(view.bands[5], 10.5f - 63.5f); // rows 10 and 11
        QCOMPARE(view.envelope, std::vector<float>(48, std::log(0.01f)));
    }

    void standardisedFeaturesLeaveOutWhatNeverVaries()
    {
        const ViewTable table = standardised({{1.0f, 7.0f}, {3.0f, 7.0f}});
        QCOMPARE(table, (ViewTable{{-1.0f, 0.0f}, {1.0f, 0.0f}}));
    }

    void theShareIsTheMeanOverAllBatches()
    {
        // 6 clips, batches of 3: every view with each of the 10 pairs of other clips.
        const ViewTable table = noiseTable(6, 5, 0.7);
        int found = 0, asked = 0;
        for (size_t view = 0; view < table.size(); ++view) {
            for (size_t a = 0; a < 6; ++a) {
                for (size_t b = a + 1; b < 6; ++b) {
                    if (a == view / 2 || b == view / 2)
                        continue;
                    ++asked;
                    bool nearest = true;
                    for (const size_t other : {2 * a, 2 * a + 1, 2 * b, 2 * b + 1})
                        nearest = nearest && cosine(table[view], table[other]) < cosine(table[view], table[view ^ 1]);
                    found += nearest;
                }
            }
        }
        QCOMPARE(asked, 120);
        QVERIFY(found > 0 && found < asked);
        QVERIFY(std::abs(contrastiveTopOne(table, 3) - static_cast<double>(found) / asked) < 1e-12);
    }

    void unrelatedViewsAreFoundByChance_data()
    {
        QTest::addColumn<int>("pairs");
        for (const int pairs : {2, 4, 16, 128})
            QTest::addRow("%d pairs", pairs) << pairs;
    }
    void unrelatedViewsAreFoundByChance()
    {
        QFETCH(const int, pairs);
        const double share = contrastiveTopOne(noiseTable(400, 20, 0.0), pairs);
        const Interval interval = wilsonIntervalOfShare(share, 400);
        QVERIFY2(interval.low <= contrastiveChance(pairs) && contrastiveChance(pairs) <= interval.high, qPrintable(QString::number(share)));
    }

    void whatCannotBeToldApartIsNotFound()
    {
        QCOMPARE(contrastiveTopOne(ViewTable(20, {0.6f, 0.8f}), 4), 0.0);
    }

    void withoutAugmentationEveryViewIsFound()
    {
        const PretextDifficulty result = measured(source(), {}, 60, {.clips = 50, .pairs = 32});
        QCOMPARE(result.clips, 50);
        QCOMPARE(result.pairs, 32);
        QCOMPARE(result.chance, 1.0 / 63.0);
        QCOMPARE(result.scores.size(), size_t{3});
        for (const DescriptorScore& score : result.scores) {
            QCOMPARE(score.top1, 1.0);
            QCOMPARE(score.interval.low, wilsonInterval(50, 50).low);
        }
    }

    void newNoiseForEveryViewIsFoundByChance()
    {
        std::atomic<uint64_t> views = 0;
        const ClipSource fresh{.grid = [&](int) { return shareValues(noise(views++)); }};
        const PretextDifficulty result = measured(fresh, {}, 300, {.clips = 300, .pairs = 8});
        QCOMPARE(views, uint64_t{600});
        for (const DescriptorScore& score : result.scores)
            QVERIFY2(score.interval.low <= 1.0 / 15.0 && 1.0 / 15.0 <= score.interval.high, score.descriptor.c_str());
    }

    void aCyclicShiftAloneHidesNoShortcut()
    {
        const PretextDifficulty result = measured(source(), chain(R"({"spectrogram": [{"name": "time_roll"}]})"), 60, {.clips = 60, .pairs = 32});
        for (const DescriptorScore& score : result.scores)
            QCOMPARE(score.top1, 1.0);
    }

    void theEasiestIsTheOneWithTheLargestShare()
    {
        const PretextDifficulty difficulty{.scores = {{"bands", 0.2, {}}, {"envelope", 0.7, {}}, {"both", 0.6, {}}}};
        QCOMPARE(difficulty.easiest().descriptor, std::string("envelope"));
    }

    void threadsChangeNothing()
    {
        const AugmentationChain masks = chain(R"({"spectrogram": [{"name": "time_roll"}, {"name": "spec_augment", "time_masks": 3}]})");
        const PretextDifficulty one = measured(source(), masks, 80, {.clips = 40, .pairs = 16, .seed = 5, .threads = 1});
        const PretextDifficulty four = measured(source(), masks, 80, {.clips = 40, .pairs = 16, .seed = 5, .threads = 4});
        const PretextDifficulty otherSeed = measured(source(), masks, 80, {.clips = 40, .pairs = 16, .seed = 6, .threads = 4});
        for (size_t i = 0; i < 3; ++i)
            QCOMPARE(one.scores[i].top1, four.scores[i].top1);
        QVERIFY(one.scores[1].top1 != otherSeed.scores[1].top1);
    }

    void aBatchIsNoLargerThanTheSample()
    {
        QCOMPARE(measured(source(), {}, 10, {}).pairs, 10);
    }

    void cancelEndsIt()
    {
        std::stop_source stop;
        int seen = 0;
        const DifficultyMeter meter(m_extractor, source(), clips(50), {});
        const auto error = test::errorOf([&] {
            meter.measure({}, stop.get_token(), [&](int done, int) {
                seen = done;
                stop.request_stop();
            });
        });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::Cancelled);
        QCOMPARE(seen, 1);
    }

    void cancelEndsTheScoringToo()
    {
        std::stop_source stop;
        const DifficultyMeter meter(m_extractor, source(), clips(50), {});
        const auto error = test::errorOf([&] {
            meter.measure({}, stop.get_token(), [&](int done, int all) {
                if (done == all)
                    stop.request_stop();
            });
        });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::Cancelled);

        stop = std::stop_source();
        QCOMPARE(contrastiveTopOne(noiseTable(40, 20, 0.0), 4, stop.get_token()), contrastiveTopOne(noiseTable(40, 20, 0.0), 4));
        stop.request_stop();
        QVERIFY(test::errorOf([&] { contrastiveTopOne(noiseTable(40, 20, 0.0), 4, stop.get_token()); }));
    }

    void unreadableClipsAreLeftOut()
    {
        ClipSource broken = source();
        broken.grid = [this](int clip) {
            if (clip < 3)
                throw Error(ErrorKind::Truncated, "clip " + std::to_string(clip) + " is cut.");
            return shareValues(noise(static_cast<uint64_t>(clip)));
        };
        const PretextDifficulty result = measured(broken, {}, 10, {.threads = 2});
        QCOMPARE(result.clips, 7);
        QCOMPARE(result.leftOut, 3);
        QCOMPARE(result.problem, std::string("clip 0 is cut."));
        QCOMPARE(test::errorOf([&] { measured(broken, {}, 3, {}); })->kind(), ErrorKind::Truncated);
        QCOMPARE(test::errorOf([&] { measured(source(), {}, 1, {}); })->kind(), ErrorKind::Empty);
    }

    void eachThatCanActIsTickedOffOnce()
    {
        const AugmentationChain all = chain(R"({"spectrogram": [{"name": "time_roll"}, {"name": "spec_augment", "enabled": false},
                                                                {"name": "spec_augment"}, {"name": "time_roll", "probability": 0}]})");
        const std::vector<ChainPart> reduced = withoutEach(all);
        QCOMPARE(reduced.size(), size_t{2});
        QCOMPARE(reduced[0].name, std::string("time_roll"));
        QVERIFY(!reduced[0].chain.entries(AugmentationStage::Spectrogram)[0].enabled);
        QVERIFY(reduced[0].chain.entries(AugmentationStage::Spectrogram)[2].enabled);
        QVERIFY(!reduced[1].chain.entries(AugmentationStage::Spectrogram)[2].enabled);
    }

    void whoTakesOtherClipsInIsNamed()
    {
        const AugmentationChain all = chain(R"({"waveform": [{"name": "gain"}, {"name": "background"}, {"name": "background", "enabled": false}],
                                                "spectrogram": [{"name": "time_roll"}], "mix": [{"name": "mixup"}, {"name": "cutmix_time", "probability": 0}]})");
        QCOMPARE(takingOtherClips(all), (std::vector<std::string>{findAugmentation("background")->title, "Mixup"}));
        // Whatever asks for another clip is among them.
        for (const AugmentationInfo& info : augmentationCatalogue()) {
            const AugmentationChain one = AugmentationChain::fromJson({{stageName(info.stage), {{{"name", info.name}}}}});
            const auto* onSamples = dynamic_cast<const WaveformAugmentation*>(one.entries(info.stage).front().augmentation.get());
            bool asked = info.stage == AugmentationStage::Mix;
            if (onSamples) {
                std::vector<float> samples(2000, 0.1f);
                RandomStream random({.seed = 1});
                const auto drawClip = [&](RandomStream&) {
                    asked = true;
                    return SharedValues{};
                };
                onSamples->apply(samples, {.sampleRate = 8000, .drawClip = drawClip}, random);
            }
            QVERIFY2(takingOtherClips(one).empty() == !asked, info.name.c_str());
        }
    }

    void theVerdictNamesFigureAndShortcut_data()
    {
        QTest::addColumn<double>("top1");
        QTest::addColumn<QString>("expected");
        QTest::newRow("solved") << 0.98 << QStringLiteral("98 %: an encoder can pass by band energies alone");
        QTest::newRow("nearly") << 0.9 << QStringLiteral("90 %: an encoder gets far by band energies alone");
        QTest::newRow("as far as an encoder should get") << 0.72 << QStringLiteral("72 %: an encoder gets far by band energies alone");
        QTest::newRow("not far") << 0.3 << QStringLiteral("30 %: by band energies alone an encoder does not get far");
        QTest::newRow("nothing") << 0.05 << QStringLiteral("5 %: by such figures next to nothing is found");
    }
    void theVerdictNamesFigureAndShortcut()
    {
        QFETCH(const double, top1);
        QFETCH(const QString, expected);
        PretextDifficulty difficulty{.pairs = 128, .scores = {{"bands", top1, {}}, {"envelope", top1 / 2, {}}, {"both", top1 / 3, {}}}};
        const QString verdict = QString::fromStdString(verdictOn(difficulty));
        QVERIFY2(verdict.startsWith(expected), qPrintable(verdict));
        QVERIFY2(!verdict.contains(QStringLiteral("batches")), qPrintable(verdict));
        difficulty.pairs = 9;
        QVERIFY(QString::fromStdString(verdictOn(difficulty)).contains(QStringLiteral("batches of 9 pairs")));
    }
};

QTEST_APPLESS_MAIN(TestDifficulty)
#include "tst_difficulty.moc"
