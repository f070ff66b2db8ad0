// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ExamplePipeline.h"
#include "base/Error.h"

#include <QtTest>

#include <algorithm>
#include <numeric>
#include <set>

using namespace melscope;

class TestChain : public QObject
{
    Q_OBJECT

private:
    static SpectrogramGrid ramp(int mels, int frames)
    {
        SpectrogramGrid grid{.mels = mels, .frames = frames, .values = std::vector<float>(static_cast<size_t>(mels * frames))};
        std::iota(grid.values.begin(), grid.values.end(), 1.0f);
        return grid;
    }

    /// The augmentation alone, applied under the stream of one clip.
    static void apply(const Json& entry, SpectrogramGrid& grid, uint64_t clip)
    {
        RandomStream random({.clip = clip});
        const AugmentationChain chain = AugmentationChain::fromJson({{"spectrogram", Json::array({entry})}});
        dynamic_cast<const SpectrogramAugmentation&>(*chain.entries(AugmentationStage::Spectrogram).front().augmentation)
            .apply(grid, FrontEnd{}, random);
    }

private Q_SLOTS:
    void rollKeepsEveryRowsValuesInCyclicOrder()
    {
        const SpectrogramGrid before = ramp(4, 37);
        std::set<FrameIndex> shifts;
        for (uint64_t clip = 0; clip < 200; ++clip) {
            SpectrogramGrid after = before;
            apply({{"name", "time_roll"}}, after, clip);
            const auto found = std::find(after.row(0).begin(), after.row(0).end(), 1.0f);
            const FrameIndex shift = found - after.row(0).begin();
            shifts.insert(shift);
            for (int mel = 0; mel < 4; ++mel)
                for (FrameIndex frame = 0; frame < 37; ++frame)
                    QCOMPARE(after.at(mel, (frame + shift) % 37), before.at(mel, frame));
        }
        QCOMPARE(shifts.size(), size_t{37}); // every position is drawn
    }

    void masksAreMeanFilledNoWiderThanAskedAndLeaveTheRest()
    {
        const SpectrogramGrid before = ramp(40, 100);
        const auto mean = static_cast<float>((1.0 + 4000.0) / 2.0);
        bool masked = false;
        for (uint64_t clip = 0; clip < 100; ++clip) {
            SpectrogramGrid after = before;
            apply({{"name", "spec_augment"}, {"time_masks", 1}, {"time_share", 0.1}, {"frequency_masks", 1}, {"frequency_share", 0.2}},
                  after, clip);
            int maskedRows = 0, maskedFrames = 0;
            for (int mel = 0; mel < 40; ++mel)
                maskedRows += std::all_of(after.row(mel).begin(), after.row(mel).end(), [&](float v) { return v == mean; });
            for (FrameIndex frame = 0; frame < 100; ++frame) {
                bool all = true;
                for (int mel = 0; mel < 40; ++mel)
                    all = all && after.at(mel, frame) == mean;
                maskedFrames += all;
            }
            int changed = 0;
            for (size_t i = 0; i < before.values.size(); ++i)
                changed += after.values[i] != before.values[i];
            QVERIFY(maskedRows <= 8 && maskedFrames <= 10);
            QCOMPARE(changed, maskedRows * 100 + maskedFrames * 40 - maskedRows * maskedFrames);
            masked = masked || changed > 0;
        }
        QVERIFY(masked);
    }

    void drawsDependOnSeedEpochAndClipOnly()
    {
        const AugmentationChain chain = AugmentationChain::fromJson(
            Json::parse(R"({"spectrogram": [{"name": "time_roll"}, {"name": "spec_augment", "time_masks": 3}]})"));
        const FrontEnd frontEnd = FrontEnd{}.with(Json{{"mels", 16}, {"clip_seconds", 0.75}});
        const SpectrogramGrid grid = ramp(16, frontEnd.frames());
        const ClipSource source{.grid = [&](int) { return SharedValues{.values = grid.values}; }};
        const ExamplePipeline pipeline(std::make_shared<const SpectrogramExtractor>(frontEnd), source, chain);
        auto draw = [&](uint64_t seed, uint64_t epoch, int clip) { return pipeline.make({.seed = seed, .epoch = epoch, .clip = clip}).grid; };
        QVERIFY(draw(1, 2, 3) == draw(1, 2, 3));
        QVERIFY(!(draw(1, 2, 3) == draw(2, 2, 3)));
        QVERIFY(!(draw(1, 2, 3) == draw(1, 3, 3)));
        QVERIFY(!(draw(1, 2, 3) == draw(1, 2, 4)));
    }

    void jsonComesBackAsItWent()
    {
        const Json json = Json::parse(R"({"spectrogram": [{"name": "time_roll", "probability": 0.5, "max_share": 0.25, "enabled": false},
            {"name": "spec_augment", "probability": 1.0, "time_masks": 1, "time_share": 0.1, "frequency_masks": 0, "frequency_share": 0.2}]})");
        QCOMPARE(AugmentationChain::fromJson(json).toJson().dump(), json.dump());
    }

    void wrongChainsAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("unknown") << QByteArray(R"({"spectrogram": [{"name": "time_rol"}]})") << QByteArray("time_rol");
        QTest::newRow("range") << QByteArray(R"({"spectrogram": [{"name": "time_roll", "probability": 2}]})") << QByteArray("probability");
        QTest::newRow("no such stage") << QByteArray(R"({"wave": []})") << QByteArray("wave");
        QTest::newRow("wrong stage") << QByteArray(R"({"waveform": [{"name": "time_roll"}]})") << QByteArray("spectrogram");
        QTest::newRow("shape") << QByteArray(R"([])") << QByteArray("object");
    }
    void wrongChainsAreRefusedByName()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QByteArray, named);
        try {
            AugmentationChain::fromJson(Json::parse(json.toStdString()));
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidValue);
            QVERIFY2(QByteArray(error.what()).contains(named), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestChain)
#include "tst_chain.moc"
