// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/StageSpeed.h"

#include <QtTest>

using namespace melscope;

class TestStageSpeed : public QObject
{
    Q_OBJECT

private:
    static constexpr int64_t stepsPerEpoch = 10;
    static constexpr double clipsPerEpoch = 80.0;

    static FoldProgress at(int64_t step)
    {
        FoldProgress progress;
        progress.step = step;
        progress.epochs = 20;
        progress.steps = 20 * stepsPerEpoch;
        return progress;
    }

    static FoldProgress epochEnd(int64_t step, double trainingSeconds)
    {
        FoldProgress progress = at(step);
        progress.newEpochs = {{.epoch = static_cast<int>(step / stepsPerEpoch), .epochs = 20, .clipsPerSecond = clipsPerEpoch / trainingSeconds,
                                 .seconds = 100.0}}; // with validation and the like
        return progress;
    }

private Q_SLOTS:
    void countsTheStepsAfterTheWarmUp()
    {
        StageSpeed speed(4, 6.0, clipsPerEpoch);
        speed.add(at(0), 3.0); // a tokenizer was fitted
        double now = 3.0;
        for (int64_t step = 1; step <= 9; ++step) {
            QVERIFY(!speed.isKnown());
            now += step <= 4 ? 0.25 : 1.0; // what the loader had ready goes fast
            speed.add(at(step), now);
        }
        QVERIFY(speed.isKnown()); // 1 s of warm-up, 5 s of the rest
        QCOMPARE(speed.secondsBefore(), 3.0);
        QCOMPARE(speed.secondsPerStep(), 1.0);
    }

    void aStepOfASlowStageIsEnough()
    {
        StageSpeed speed(4, 6.0, clipsPerEpoch);
        speed.add(at(0), 0.0);
        speed.add(at(1), 20.0);
        QVERIFY(!speed.isKnown()); // the first takes its memory
        speed.add(at(2), 32.0);
        QVERIFY(speed.isKnown());
        QCOMPARE(speed.secondsPerStep(), 12.0);
    }

    void whatAnEpochEndsWithIsNotTraining()
    {
        StageSpeed speed(0, 6.0, clipsPerEpoch);
        speed.add(at(8), 0.0);
        speed.add(at(9), 0.5);
        speed.add(epochEnd(10, 5.0), 7.0);
        speed.add(at(12), 8.0);
        QVERIFY(speed.isKnown());
        QCOMPARE(speed.secondsPerStep(), 0.5);
    }

    /// Between two reports lie whole epochs: then those tell.
    void shortEpochsTellThemselves()
    {
        StageSpeed speed(4, 6.0, clipsPerEpoch);
        speed.add(at(0), 0.0);
        for (int64_t epoch = 1; epoch <= 3; ++epoch)
            speed.add(epochEnd(epoch * stepsPerEpoch, epoch == 1 ? 9.0 : 0.2), 10.0 + 0.1 * static_cast<double>(epoch));
        QVERIFY(speed.isKnown());
        QCOMPARE(speed.secondsPerStep(), 0.02);
    }
};

QTEST_GUILESS_MAIN(TestStageSpeed)
#include "tst_stage_speed.moc"
