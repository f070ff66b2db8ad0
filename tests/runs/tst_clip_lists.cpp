// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/ClipLists.h"
#include "runs/ClipSolvers.h"
#include "runs/RunOutcomes.h"
#include "runs/RunStore.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace melscope;
using namespace melscope::test;

namespace {

ClipPrediction clip(const std::string& name, int label, std::vector<float> probabilities)
{
    ClipPrediction prediction{.name = name, .label = label};
    prediction.predicted = static_cast<int>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
    prediction.loss = -std::log(static_cast<double>(probabilities[static_cast<size_t>(label)]));
    prediction.probabilities = std::move(probabilities);
    return prediction;
}

Predictions fourClips()
{
    return {clip("sure", 0, {0.9F, 0.06F, 0.04F}), clip("narrow", 0, {0.4F, 0.35F, 0.25F}), clip("wrong", 2, {0.7F, 0.2F, 0.1F}),
            clip("slightly wrong", 2, {0.5F, 0.1F, 0.4F})};
}

std::vector<std::string> names(const ClipList& list)
{
    std::vector<std::string> result;
    for (const ListedClip& listed : list)
        result.push_back(listed.prediction.name);
    return result;
}

using Names = std::vector<std::string>;

/// Every clip of the fold right but for those at these places in the fold.
FoldResult foldResult(const Dataset& dataset, int fold, const std::vector<int>& wrong, double loss)
{
    FoldResult result{.fold = fold, .seconds = 1.0, .precision = "fp32", .history = {{.fold = fold, .epoch = 1, .epochs = 1}}};
    int place = 0;
    for (const Clip& each : dataset.clips) {
        if (each.fold != fold)
            continue;
        const bool isWrong = std::find(wrong.begin(), wrong.end(), place++) != wrong.end();
        result.predictions.push_back({.clip = place, .name = each.name, .fold = fold, .label = each.label, .predicted = isWrong ? 1 - each.label : each.label,
                                      .loss = isWrong ? loss : 0.1, .probabilities = {0.5F, 0.5F}});
    }
    return result;
}

} // namespace

class TestClipLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAreInTheOrderTheyPromise()
    {
        const Predictions all = fourClips();
        QCOMPARE(names(mistakes(all)), (Names{"wrong", "slightly wrong"}));
        QCOMPARE(names(byLoss(all)), (Names{"wrong", "narrow", "slightly wrong", "sure"})); // -ln of 0.1, 0.4, 0.4, 0.9
        QCOMPARE(names(byMargin(all)), (Names{"narrow", "slightly wrong", "wrong", "sure"}));
        QCOMPARE(names(clipsOfCell(all, 2, 0)), (Names{"wrong", "slightly wrong"}));
        QVERIFY(clipsOfCell(all, 0, 2).empty());
    }

    void theMarginIsToTheNextClassWhetherRightOrNot()
    {
        QVERIFY(std::abs(marginOf(fourClips()[1]) - 0.05) < 1e-6);
        QVERIFY(std::abs(marginOf(fourClips()[3]) - 0.1) < 1e-6);
        QVERIFY(std::isnan(marginOf({.predicted = 1})));
        Predictions all = fourClips();
        all[1].probabilities.clear(); // what nothing is known of comes last
        QCOMPARE(names(byMargin(all)).back(), std::string("narrow"));
    }

    void averagedPredictionsTakeThePlaceOfThePlain()
    {
        Predictions all = fourClips();
        all[2].ttaPredicted = 2;
        all[2].ttaProbabilities = {0.25F, 0.25F, 0.5F};
        const Predictions averaged = withTestTimeViews(all);
        QVERIFY(averaged[2].correct());
        QVERIFY(std::abs(averaged[2].loss - std::log(2.0)) < 1e-12);
        QCOMPARE(averaged[2].probabilities, all[2].ttaProbabilities);
        QVERIFY(averaged[3] == all[3]); // it has none
    }

    void solversAreMethodsOnOneDataset()
    {
        const QTemporaryDir folder;
        const auto dataset = tinyDataset(folder.filePath(QStringLiteral("data")).toStdString(), 2, 6);
        RunStore store(folder.filePath(QStringLiteral("store")).toStdString());
        NewRun other = tinyRun(dataset, 1, {1});
        other.recipe = findRecipe("simclr-quick");
        // Two recipes of one method, which together miss clips 0 and 5, and a second method that misses 0, 1 and 2.
        store.addFoldResult(store.create(tinyRun(dataset, 1, {1})).id, foldResult(*dataset, 1, {0, 1, 5}, 1.0));
        store.addFoldResult(store.create(tinyRun(dataset, 2, {1})).id, foldResult(*dataset, 1, {0, 5}, 3.0));
        store.addFoldResult(store.create(other).id, foldResult(*dataset, 1, {0, 1, 2}, 2.0));
        const auto runs = store.list();
        RunOutcomes outcomes(store);
        const auto solvers = clipSolvers(accuracyTable(runs), runs, outcomes, runs.front().datasetFingerprint);
        QCOMPARE(solvers.size(), size_t{6});
        const auto nameAt = [&](int place) { return foldResult(*dataset, 1, {}, 0.0).predictions[static_cast<size_t>(place)].name; };
        const ClipList none = solvedByNone(solvers), one = solvedByOneMethod(solvers);
        QCOMPARE(names(none), (Names{nameAt(0)}));
        QCOMPARE(none.front().prediction.loss, 3.0); // the worst mistake is the one to listen to
        QCOMPARE(none.front().note, std::string("wrong: ResNet-34, SimCLR"));
        QCOMPARE(names(one), (Names{nameAt(5), nameAt(1), nameAt(2)}));
        QCOMPARE(one[0].note, std::string("only SimCLR is right"));
        QCOMPARE(one[1].note, std::string("only ResNet-34 is right")); // one of its recipes is
        QVERIFY(!one[1].prediction.correct());
        QVERIFY(clipSolvers(accuracyTable(runs), runs, outcomes, "another").empty());
    }

    void whatNotAllMethodsHaveHeldOutIsNotCounted()
    {
        const ClipSolvers byBoth{.clip = {.name = "both.wav"}, .right = {}, .wrong = {"ResNet-34", "SimCLR"}};
        const ClipSolvers byOne{.clip = {.name = "one.wav"}, .right = {}, .wrong = {"SimCLR"}};
        const auto common = heldOutByAll({byOne, byBoth, byOne});
        QCOMPARE(common.size(), size_t{1});
        QCOMPARE(common.front().clip.name, std::string("both.wav"));
        QVERIFY(heldOutByAll({}).empty());
    }
};

QTEST_APPLESS_MAIN(TestClipLists)
#include "tst_clip_lists.moc"
