// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationChain.h"
#include "augment/SpecAugment.h"
#include "augment/TimeRoll.h"
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

private Q_SLOTS:
    void rollKeepsEveryRowsValuesInCyclicOrder()
    {
        const SpectrogramGrid before = ramp(4, 37);
        std::set<FrameIndex> shifts;
        for (uint64_t clip = 0; clip < 200; ++clip) {
            SpectrogramGrid after = before;
            RandomStream random({.clip = clip});
            TimeRoll({}).apply(after, random);
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
            RandomStream random({.clip = clip});
            SpecAugment({.timeMasks = 1, .timeShare = 0.1, .frequencyMasks = 1, .frequencyShare = 0.2}).apply(after, random);
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
        auto draw = [&](uint64_t seed, uint64_t epoch, uint64_t clip) {
            SpectrogramGrid grid = ramp(16, 64);
            chain.apply(grid, seed, epoch, clip);
            return grid;
        };
        QVERIFY(draw(1, 2, 3) == draw(1, 2, 3));
        QVERIFY(!(draw(1, 2, 3) == draw(2, 2, 3)));
        QVERIFY(!(draw(1, 2, 3) == draw(1, 3, 3)));
        QVERIFY(!(draw(1, 2, 3) == draw(1, 2, 4)));
    }

    void jsonComesBackAsItWent()
    {
        const Json json = Json::parse(R"({"spectrogram": [{"name": "time_roll", "probability": 0.5, "max_share": 0.25},
            {"name": "spec_augment", "probability": 1.0, "time_masks": 1, "time_share": 0.1, "frequency_masks": 0, "frequency_share": 0.2}]})");
        QCOMPARE(AugmentationChain::fromJson(json).toJson().dump(), json.dump());
    }

    void wrongChainsAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("unknown") << QByteArray(R"({"spectrogram": [{"name": "time_rol"}]})") << QByteArray("time_rol");
        QTest::newRow("range") << QByteArray(R"({"spectrogram": [{"name": "time_roll", "probability": 2}]})") << QByteArray("probability");
        QTest::newRow("stage") << QByteArray(R"({"wave": []})") << QByteArray("wave");
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
