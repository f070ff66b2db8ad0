// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Collapse.h"

#include <QtTest>

using namespace melscope;

namespace {

EpochMetrics epoch(int number, double asked, double perplexity, double guessed)
{
    return {.fold = 5, .stage = "masked-1", .epoch = number, .epochs = 40,
            .figures = {{"target_codes", asked}, {"target_perplexity", perplexity}, {"guessed_codes", guessed}, {"knn_accuracy", 0.5}}};
}

} // namespace

class TestCollapse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundEpochSaysNothing()
    {
        // What a recipe of 128 codes on ESC-10 reported in its first and last epochs.
        QVERIFY(!collapseWarning(epoch(1, 124, 78.6, 118)));
        QVERIFY(!collapseWarning(epoch(4, 128, 97.0, 94)));
    }

    void otherStagesAreNotJudged()
    {
        QVERIFY(!collapseWarning({.stage = supervisedStage, .epoch = 3}));
        QVERIFY(!collapseWarning({.stage = "contrastive", .epoch = 3, .figures = {{"uniformity", -2.0}}}));
    }

    void aVocabularyOfAFewCodesIsNamed()
    {
        const auto warning = collapseWarning(epoch(1, 90, 3.4, 60));
        QVERIFY(warning);
        QVERIFY2(warning->find("vocabulary") != std::string::npos && warning->find("90 codes") != std::string::npos
                     && warning->find("as 3 even ones") != std::string::npos, warning->c_str());
    }

    void aModelThatGuessesAFewCodesIsNamed()
    {
        const auto warning = collapseWarning(epoch(6, 124, 78.6, 3));
        QVERIFY(warning);
        QVERIFY2(warning->find("model") != std::string::npos && warning->find("epoch 6 were 3 different") != std::string::npos, warning->c_str());
        QVERIFY(!collapseWarning(epoch(1, 124, 78.6, 3))); // it may be that it only begins
        QVERIFY(!collapseWarning(epoch(6, 124, 78.6, 8)));
    }
};

QTEST_GUILESS_MAIN(TestCollapse)
#include "tst_collapse.moc"
