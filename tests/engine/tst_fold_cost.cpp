// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FoldCost.h"

#include <QtTest>

using namespace melscope;

/// A part that takes one second, and the others none: the sum says how often it is counted.
class TestFoldCost : public QObject
{
    Q_OBJECT

private:
    static constexpr FoldSize size{.trainingClips = 7.0, .heldOutClips = 2.0};

    static Recipe recipe(const char* name, std::vector<Setting> settings)
    {
        return findRecipe(name).with(settings);
    }

private Q_SLOTS:
    void countsEveryPartOfSupervisedTraining()
    {
        // 5 epochs, the first two of the head alone; validated after 2, 4 and 5; two views at the end.
        const Recipe counted = recipe("efficientnet-b0-recommended", {{"training.epochs", "5"}, {"training.head_epochs", "2"},
                                                                      {"evaluation.every", "2"}, {"evaluation.tta_views", "2"}});
        QCOMPARE(secondsPerFold({.trainedClip = 1.0}, counted, size), 21.0);
        QCOMPARE(secondsPerFold({.headOnlyClip = 1.0}, counted, size), 14.0);
        QCOMPARE(secondsPerFold({.predictedClip = 1.0}, counted, size), 8.0);
        QCOMPARE(secondsPerFold({.viewedClip = 1.0}, counted, size), 4.0);
        QCOMPARE(secondsPerFold({.statistics = 1.0}, counted, size), 3.0);
        QCOMPARE(secondsPerFold({.checkpoint = 1.0}, counted, size), 5.0);
        QCOMPARE(secondsPerFold({.pretrainedClip = 1.0, .pretrainingStart = 1.0}, counted, size), 0.0);
        QCOMPARE(secondsPerEpoch({.trainedClip = 1.0, .headOnlyClip = 100.0, .predictedClip = 10.0, .viewedClip = 1e6, .statistics = 1000.0,
                                  .checkpoint = 1e4}, counted, size), 10517.0);
    }

    void aLinearProbeHasNoOtherEpochs()
    {
        const Recipe counted = recipe("efficientnet-b0-quick", {{"training.epochs", "3"}, {"training.head_epochs", "20"}});
        QCOMPARE(headOnlyEpochs(counted), int64_t{3});
        QCOMPARE(secondsPerFold({.trainedClip = 1.0, .headOnlyClip = 10.0}, counted, size), 210.0);
        QCOMPARE(secondsPerEpoch({.trainedClip = 1.0, .headOnlyClip = 10.0}, counted, size), 70.0);
    }

    void everyRoundOfMaskedPredictionIsAStage()
    {
        const std::vector<Setting> little = {{"pretraining.epochs", "4"}, {"pretraining.probe_every", "3"}, {"training.epochs", "1"},
                                             {"evaluation.every", "1"}, {"evaluation.tta_views", "0"}};
        for (const int rounds : {0, 1, 3}) {
            std::vector<Setting> settings = little;
            settings.emplace_back("pretraining.rounds", std::to_string(rounds));
            const Recipe counted = recipe("cnn-beats-quick", settings);
            QCOMPARE(secondsPerFold({.pretrainedClip = 1.0}, counted, size), rounds * 28.0);
            QCOMPARE(secondsPerFold({.pretrainingStart = 1.0}, counted, size), rounds * 1.0);
            QCOMPARE(secondsPerFold({.checkpoint = 1.0}, counted, size), rounds * 4.0 + 1.0);
            // Validation and the final evaluation; a round's probes after epochs 3 and 4; from the second round on all clips are read by
            // the model before, the training clips twice, and so is every batch.
            QCOMPARE(secondsPerFold({.predictedClip = 1.0}, counted, size), 4.0 + rounds * 14.0 + std::max(0, rounds - 1) * (16.0 + 28.0));
        }
    }

    void simclrEndsItsPretrainingWithALinearProbe()
    {
        const Recipe counted = recipe("simclr-quick", {{"pretraining.epochs", "6"}, {"pretraining.probe_every", "5"}, {"training.epochs", "1"},
                                                       {"evaluation.tta_views", "0"}});
        QCOMPARE(secondsPerFold({.pretrainedClip = 1.0}, counted, size), 42.0);
        QCOMPARE(secondsPerFold({.predictedClip = 1.0}, counted, size), 4.0 + 14.0 + 9.0);
        QCOMPARE(secondsPerFold({.checkpoint = 1.0}, counted, size), 7.0);
    }
};

QTEST_GUILESS_MAIN(TestFoldCost)
#include "tst_fold_cost.moc"
